using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitImages.Data;

/// <summary>
/// Reads a file of the IDX format of the MNIST database: two zero bytes, the element type (8: unsigned byte), the number of
/// dimensions, each dimension as a 32-bit big-endian integer, and then the elements, the last dimension running fastest.
/// </summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 8;
    private const int LargestSide = 4096;

    /// <summary>Reads images.</summary>
    /// <param name="path">The file, plain or compressed with gzip when its name ends in <c>.gz</c>.</param>
    /// <returns>The images, each rows x columns bytes, row by row; and their common size.</returns>
    /// <exception cref="InputException">The file is not of this format, or ends too early.</exception>
    public static (byte[][] Images, int Rows, int Columns) ReadImages(string path) => Read(path, stream =>
    {
        int[] dimensions = ReadHeader(stream, path, expectedDimensions: 3);
        (int count, int rows, int columns) = (dimensions[0], dimensions[1], dimensions[2]);
        if (rows is < 1 or > LargestSide || columns is < 1 or > LargestSide)
            throw new InputException($"The IDX file '{path}' announces images of {rows}x{columns} pixels; 1x1 to {LargestSide}x{LargestSide} can be read.");

        // One image at a time: a wrong count in the header then ends in a message, not in a huge allocation.
        var images = new List<byte[]>();
        while (images.Count < count)
        {
            byte[] image = new byte[rows * columns];
            if (stream.ReadAtLeast(image, image.Length, throwOnEndOfStream: false) < image.Length)
                throw new InputException($"The IDX file '{path}' is truncated: it announces {count:N0} images and ends after {images.Count:N0}.");
            images.Add(image);
        }
        CheckEnd(stream, path, $"{count:N0} images");
        return (images.ToArray(), rows, columns);
    });

    /// <summary>Reads labels.</summary>
    /// <param name="path">The file, plain or compressed with gzip when its name ends in <c>.gz</c>.</param>
    /// <returns>The class number of each image.</returns>
    /// <exception cref="InputException">The file is not of this format, or ends too early.</exception>
    public static byte[] ReadLabels(string path) => Read(path, stream =>
    {
        int count = ReadHeader(stream, path, expectedDimensions: 1)[0];
        var labels = new List<byte>();
        while (labels.Count < count)
        {
            int label = stream.ReadByte();
            if (label < 0)
                throw new InputException($"The IDX file '{path}' is truncated: it announces {count:N0} labels and ends after {labels.Count:N0}.");
            labels.Add((byte)label);
        }
        CheckEnd(stream, path, $"{count:N0} labels");
        return labels.ToArray();
    });

    private static T Read<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                return read(new BufferedStream(file));
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return read(new BufferedStream(unpacked));
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"The file '{path}' cannot be unpacked, it is damaged or no gzip file: {e.Message}");
        }
    }

    private static void CheckEnd(Stream stream, string path, string announced)
    {
        if (stream.ReadByte() >= 0)
            throw new InputException($"The IDX file '{path}' is damaged: it announces {announced} and goes on after them.");
    }

    private static int[] ReadHeader(Stream stream, string path, int expectedDimensions)
    {
        byte[] magic = ReadBytes(4);
        if (magic is not [0, 0, UnsignedByte, _] || magic[3] != expectedDimensions)
        {
            throw new InputException(
                $"The file '{path}' is no IDX file of {(expectedDimensions == 1 ? "labels" : "images")}: it begins with {Convert.ToHexString(magic)}, expected was 00000{UnsignedByte}0{expectedDimensions}.");
        }

        int[] dimensions = new int[expectedDimensions];
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(ReadBytes(4));
            if (dimensions[i] < 0)
                throw new InputException($"The IDX file '{path}' announces the size {dimensions[i]}; it is damaged.");
        }
        return dimensions;

        byte[] ReadBytes(int count)
        {
            byte[] bytes = new byte[count];
            if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
                throw new InputException($"The IDX file '{path}' is truncated: it ends within its header.");
            return bytes;
        }
    }
}
