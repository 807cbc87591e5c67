using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A picture of a digit of MNIST.</summary>
internal sealed class Digit
{
    private const int Pixels = 28 * 28;

    public byte Label { get; init; }

    /// <summary>1 for the digit that the model has not seen, else 0: the label, a number as the evaluator wants it.</summary>
    public float IsAnomaly { get; init; }

    /// <summary>[28 x 28], 0 for the ground to 1 for ink.</summary>
    [VectorType(Pixels)]
    public float[] Features { get; init; } = [];

    /// <summary>Reads MNIST's training pictures ("train") or its test pictures ("t10k").</summary>
    public static Digit[] Read(string folder, string set)
    {
        byte[] labels = ReadIdx(Path.Combine(folder, $"{set}-labels-idx1-ubyte.gz"), dimensions: 1), pixels = ReadIdx(Path.Combine(folder, $"{set}-images-idx3-ubyte.gz"), dimensions: 3);
        return [.. labels.Select((label, i) => new Digit { Label = label, Features = Array.ConvertAll(pixels[(i * Pixels)..((i + 1) * Pixels)], pixel => pixel / 255f) })];
    }

    /// <summary>The bytes after the header: a magic number whose last byte is the number of dimensions, and the size of each.</summary>
    private static byte[] ReadIdx(string path, int dimensions)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        byte[] file = bytes.ToArray();
        if (BinaryPrimitives.ReadInt32BigEndian(file) != 0x800 + dimensions) throw new FormatException($"{path} is not an IDX file of bytes in {dimensions} dimensions.");
        return file[(4 * (1 + dimensions))..];
    }
}
