namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of the names of a model's outputs: byte 1 where there are names, else 0; if so, for each output the length of its name in bytes, 7 bits to a
/// byte, and the name in UTF-8.
/// </summary>
internal static class NamesFormat
{
    /// <summary>Writes names.</summary>
    public static void Write(BinaryWriter writer, IReadOnlyList<string>? names)
    {
        writer.Write(names is not null);
        foreach (string name in names ?? [])
            writer.Write(name);
    }

    /// <summary>Reads names; null where there are none.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="count">The number of outputs.</param>
    /// <param name="output">What an output is, for messages.</param>
    /// <exception cref="FormatException">The bytes are not those of names; the message says what is wrong.</exception>
    public static string[]? Read(ModelReader reader, int count, string output)
    {
        if (!reader.ReadFlag($"each {output} has a name"))
            return null;
        reader.CheckLeft(count);
        string[] names = new string[count];
        for (int i = 0; i < count; i++)
            names[i] = reader.ReadText($"the name of {output} {i}");
        return names;
    }
}
