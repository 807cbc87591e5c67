namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The binary form of prediction sets, little-endian: float32 coverage, float32 threshold; nothing where there are no sets.</summary>
internal static class PredictionSetFormat
{
    /// <summary>Writes what a set is.</summary>
    public static void Write(BinaryWriter writer, PredictionSetThreshold? sets)
    {
        if (sets is not { } given)
            return;
        writer.Write(given.Coverage);
        writer.Write(given.Threshold);
    }

    /// <summary>Reads what a set is; null where nothing is left.</summary>
    /// <param name="reader">The reader, at the last part of a model.</param>
    /// <exception cref="FormatException">The bytes are not those of prediction sets; the message says what is wrong.</exception>
    public static PredictionSetThreshold? Read(ModelReader reader)
    {
        if (reader.BytesLeft == 0)
            return null;
        float[] numbers = reader.ReadFloats(2, "its prediction set has");
        var sets = new PredictionSetThreshold(numbers[0], numbers[1]);
        if (sets.Coverage is not (> 0 and < 1) || sets.Threshold is not (>= 0 and <= 1))
            throw ModelReader.Damaged($"its prediction set has the coverage {sets.Coverage} and the threshold {sets.Threshold}");
        return sets;
    }
}
