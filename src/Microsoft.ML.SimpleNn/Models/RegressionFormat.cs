namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What a regression's file has beyond its networks, little-endian:
/// <code>
/// byte    meaning of the scores, see ScoreMeaning
/// byte    1 where the score is a vector, else 0
/// names   of the slots of the vector, see NamesFormat
/// float32 coverage, float32 half width of the interval; only where there is one
/// </code>
/// Models of the first version end before the names.
/// </summary>
internal static class RegressionFormat
{
    /// <summary>Writes what scores are.</summary>
    public static void Write(BinaryWriter writer, ScoreMeaning meaning, bool isVector, string[]? names, PredictionInterval? interval)
    {
        writer.Write((byte)meaning);
        writer.Write(isVector);
        NamesFormat.Write(writer, names);
        if (interval is not { } given)
            return;
        writer.Write(given.Coverage);
        writer.Write(given.HalfWidth);
    }

    /// <summary>Reads what scores are.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="tellsNames">Whether the file says whether the slots have names.</param>
    /// <exception cref="FormatException">The bytes are not those of a regression; the message says what is wrong.</exception>
    public static (ScoreMeaning Meaning, bool IsVector, string[]? Names, PredictionInterval? Interval) Read(ModelReader reader, int outputs, bool tellsNames)
    {
        var meaning = (ScoreMeaning)reader.ReadByte();
        if (!Enum.IsDefined(meaning))
            throw ModelReader.Damaged($"its scores have the unknown meaning {(byte)meaning}");
        bool isVector = reader.ReadFlag("the score is a vector");
        if (!isVector && outputs != 1)
            throw ModelReader.Damaged($"its score is a number, but its network has {outputs} outputs");
        string[]? names = tellsNames ? NamesFormat.Read(reader, outputs, "slot") : null;
        if (names is not null && !isVector)
            throw ModelReader.Damaged($"its score is a number, but has names of slots");
        return (meaning, isVector, names, reader.Version >= NetworkFormat.VersionWithChecksum && reader.BytesLeft > 0 ? ReadInterval(reader, isVector) : null);
    }

    private static PredictionInterval ReadInterval(ModelReader reader, bool isVector)
    {
        float[] numbers = reader.ReadFloats(2, "its interval has");
        var interval = new PredictionInterval(numbers[0], numbers[1]);
        if (isVector || interval.Coverage is not (> 0 and < 1) || interval.HalfWidth < 0)
            throw ModelReader.Damaged($"its interval has the coverage {interval.Coverage} and the half width {interval.HalfWidth}");
        return interval;
    }
}
