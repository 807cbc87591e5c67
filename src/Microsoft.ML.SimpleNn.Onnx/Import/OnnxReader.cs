using Google.Protobuf;
using Microsoft.ML.SimpleNn.Schema;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>Reads the messages of a file, and has the one error for a file that cannot be used.</summary>
internal static class OnnxReader
{
    private const int BlockBytes = 1 << 16;

    /// <summary>The error for a file that cannot be used.</summary>
    public static FormatException Refused(FormattableString why) => new("The ONNX file cannot be read as a network: " + FormattableString.Invariant(why) + ".");

    /// <summary>Reads a file.</summary>
    public static ModelProto Read(Stream stream, MemoryClaim memory)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(ReadAll(stream, memory));
            if (model.Graph is null) throw Refused($"it has no graph; is it a file of ONNX?");
            return model;
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refused($"its bytes are not those of a file of ONNX, or some are missing");
        }
    }

    /// <summary>Twice the bytes of the file: they are in memory, and so are the messages.</summary>
    private static MemoryStream ReadAll(Stream stream, MemoryClaim memory)
    {
        var all = new MemoryStream();
        byte[] block = new byte[BlockBytes];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (all.Length + count > Array.MaxLength) throw Refused($"it has more than {Array.MaxLength} bytes");
            memory.Claim(2L * count);
            all.Write(block, 0, count);
        }

        all.Position = 0;
        return all;
    }
}
