namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Numbers for the kernels to compute on.</summary>
internal static class Samples
{
    /// <summary>Numbers of both signs and many magnitudes around 1; every eighth is zero, as behind a ReLU.</summary>
    public static float[] Create(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.Next(8) == 0 ? 0 : (float)((2 * random.NextDouble() - 1) * Math.Pow(2, random.Next(-4, 3)));
        return values;
    }

    /// <summary>The rows of a matrix side by side in a wider one.</summary>
    /// <param name="matrix">[rows x columns].</param>
    /// <param name="columns">The columns.</param>
    /// <param name="stride">The columns of the result.</param>
    /// <param name="paddedRows">The rows of the result.</param>
    /// <param name="padding">What the result has besides the matrix.</param>
    public static float[] Pad(ReadOnlySpan<float> matrix, int columns, int stride, int paddedRows, float padding)
    {
        var result = new float[paddedRows * stride];
        Array.Fill(result, padding);
        for (int row = 0; row < matrix.Length / columns; row++) matrix.Slice(row * columns, columns).CopyTo(result.AsSpan(row * stride));
        return result;
    }

    /// <summary>The reverse of <see cref="Pad"/>.</summary>
    public static float[] Compact(ReadOnlySpan<float> padded, int rows, int columns, int stride)
    {
        var result = new float[rows * columns];
        for (int row = 0; row < rows; row++) padded.Slice(row * stride, columns).CopyTo(result.AsSpan(row * columns));
        return result;
    }
}
