using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>A file of rows, each a label and its features as raw numbers of 32 bits.</summary>
internal static class GeneratedFile
{
    public const int RowBytes = sizeof(float) * (GeneratedRow.FeatureCount + 1);
    private const int NoiseLength = 1 << 20;
    private const int BufferBytes = 1 << 20;
    private const int FeaturesOfSignal = 10;

    /// <summary>Writes rows whose first features tell the label, through noise.</summary>
    public static void Write(string path, long rows)
    {
        var random = new Random(1);
        float[] noise = [.. Enumerable.Range(0, NoiseLength).Select(_ => random.NextSingle())], row = new float[GeneratedRow.FeatureCount + 1];
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        for (long i = 0; i < rows; i++)
        {
            noise.AsSpan(random.Next(NoiseLength - row.Length), row.Length).CopyTo(row);
            row[0] = random.Next(2);
            for (int feature = 1; feature <= FeaturesOfSignal; feature++) row[feature] += row[0];
            file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    /// <summary>The rows, from the beginning each time that they are enumerated.</summary>
    public static IEnumerable<GeneratedRow> Read(string path)
    {
        var numbers = new float[GeneratedRow.FeatureCount + 1];
        var row = new GeneratedRow(); // ML.NET copies what it is given
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        for (long left = file.Length / RowBytes; left > 0; left--)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            row.Label = numbers[0] > 0;
            numbers.AsSpan(1).CopyTo(row.Features);
            yield return row;
        }
    }
}
