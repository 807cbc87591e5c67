using System.IO.Compression;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

/// <summary>
/// Makes IDX files byte by byte from the published description: 0, 0, element type (8 = unsigned byte), number of dimensions,
/// sizes as 32-bit integers with the high byte first, elements.
/// </summary>
internal static class IdxBytes
{
    public static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, .. BigEndian(labels.Length), .. labels];

    public static byte[] Images(int rows, int columns, params byte[][] images) =>
        [0, 0, 8, 3, .. BigEndian(images.Length), .. BigEndian(rows), .. BigEndian(columns), .. images.SelectMany(image => image)];

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
