namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What a regression's file has beyond its networks, little-endian:
/// <code>
/// byte    meaning of the scores, see ScoreMeaning
/// byte    1 where the score is a vector, else 0
/// names   of the slots of the vector, see NamesFormat
/// </code>
/// Models of the first version end before the names.
/// </summary>
internal static class RegressionFormat
{
    /// <summary>Writes what scores are.</summary>
    public static void Write(BinaryWriter writer, ScoreMeaning meaning, bool isVector, string[]? names)
    {
        writer.Write((byte)meaning);
        writer.Write(isVector);
        NamesFormat.Write(writer, names);
    }

    /// <summary>Reads what scores are.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="tellsNames">Whether the file says whether the slots have names.</param>
    /// <exception cref="FormatException">The bytes are not those of a regression; the message says what is wrong.</exception>
    public static (ScoreMeaning Meaning, bool IsVector, string[]? Names) Read(ModelReader reader, int outputs, bool tellsNames)
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
        return (meaning, isVector, names);
    }
}
