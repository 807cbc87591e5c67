using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The binary form of the names of a model's outputs: byte 1 where there are names, else 0; if so, a string for each output (its length in bytes, 7 bits a byte, then UTF-8).</summary>
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
    /// <param name="context">Where errors come from.</param>
    /// <param name="reader">Where from.</param>
    /// <param name="count">The number of names.</param>
    public static string[]? Read(IExceptionContext context, BinaryReader reader, int count)
    {
        try
        {
            if (!reader.ReadBoolean())
                return null;
            var names = new List<string>(); // grows with what the file has, whatever it claims
            while (names.Count < count)
                names.Add(reader.ReadString());
            return [.. names];
        }
        catch (EndOfStreamException e)
        {
            throw context.ExceptDecode(e, "The model cannot be read: the file ends too early.");
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw context.ExceptDecode(e, "The model is damaged: the length of a name of its outputs is none.");
        }
    }
}
