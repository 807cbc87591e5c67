using DigitImages.Data;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A picture of MNIST as a row of anomaly detection.</summary>
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
        (byte[][] images, int rows, int columns) = IdxFile.ReadImages(Path.Combine(folder, $"{set}-images-idx3-ubyte.gz"));
        if (rows * columns != Pixels) throw new FormatException($"The pictures of {folder} have {rows}x{columns} pixels, MNIST's have 28x28.");
        byte[] labels = IdxFile.ReadLabels(Path.Combine(folder, $"{set}-labels-idx1-ubyte.gz"));
        return [.. labels.Zip(images, (label, image) => new Digit { Label = label, Features = Array.ConvertAll(image, pixel => pixel / 255f) })];
    }
}
