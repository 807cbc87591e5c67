namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What an autoencoder's file has beyond its network and history, little-endian:
/// <code>
/// float32 threshold of the score
/// float32 factor of each feature [features]
/// </code>
/// </summary>
internal static class AutoencoderFormat
{
    /// <summary>Writes threshold and factors.</summary>
    public static void Write(BinaryWriter writer, float threshold, ReadOnlySpan<float> factors)
    {
        writer.Write(threshold);
        foreach (float factor in factors)
            writer.Write(factor);
    }

    /// <summary>Reads threshold and factors.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="features">The features of the network.</param>
    /// <exception cref="FormatException">The bytes are not those of an autoencoder; the message says what is wrong.</exception>
    public static (float Threshold, float[] Factors) Read(ModelReader reader, int features)
    {
        if ((features + 1L) * sizeof(float) > reader.BytesLeft)
            throw ModelReader.TooShort();
        float threshold = reader.ReadSingle();
        if (!(threshold >= 0))
            throw ModelReader.Damaged($"its threshold is {threshold}");
        float[] factors = new float[features];
        for (int i = 0; i < features; i++)
        {
            factors[i] = reader.ReadSingle();
            if (!(factors[i] >= 0 && float.IsFinite(factors[i])))
                throw ModelReader.Damaged($"the factor of feature {i} is not a finite number of 0 or more");
        }
        return (threshold, factors);
    }
}
