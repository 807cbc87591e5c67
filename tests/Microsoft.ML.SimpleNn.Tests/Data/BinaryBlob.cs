using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A <see cref="Blob"/> whose label is whether it comes from the first cloud.</summary>
public sealed class BinaryBlob
{
    public bool Label { get; set; }

    [VectorType(Blob.FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Weight { get; set; } = 1;

    /// <summary>The first of three clouds against the two others.</summary>
    public static List<BinaryBlob> Rows(int rows = 150, float distance = 5, int seed = 1) => From(Blob.Rows(rows, distance, seed));

    /// <summary>
    /// The first of two clouds, equally often, against the second. Both are normal and one unit wide, so the logarithm of the odds at x
    /// is distance * (x[0] - x[1]), and the best possible AUC is the normal distribution function at the distance.
    /// </summary>
    public static List<BinaryBlob> TwoClouds(int rows, float distance, int seed) =>
        From(Blob.Rows((rows * 3 / 2) + 1, distance, seed).Where(row => row.Label != Blob.Classes[2])).GetRange(0, rows);

    private static List<BinaryBlob> From(IEnumerable<Blob> rows) =>
        rows.Select(row => new BinaryBlob { Label = row.Label == Blob.Classes[0], Features = row.Features }).ToList();
}
