using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Random movements of pixels that are smooth from pixel to pixel: numbers from -1 to 1, smoothed with a Gaussian (Simard et al. 2003), and scaled to the
/// deviation that is asked for.
/// </summary>
/// <remarks>
/// To smooth a field for every image would take many times as long as all else. This one is made once, on a torus of several times the image's sides,
/// and an image takes the sum of two windows at random places of it for each direction. So many sums are there that no two images move alike: four of
/// 224 x 224 windows for an image of 28 x 28 pixels. A torus has no edge, and so the movement is of the same kind everywhere in the image.
/// </remarks>
internal sealed unsafe class ElasticField
{
    /// <summary>The sides of the torus, in sides of the image, and the numbers from which on it has fewer sides, though not fewer than two.</summary>
    private const int MostSides = 8, LeastSides = 2, ManyNumbers = 1 << 22;

    private readonly AlignedBuffer _table;
    private readonly int _rows, _columns;

    /// <summary>Makes a field.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="deviation">The standard deviation of the sum of two windows, in pixels.</param>
    /// <param name="smoothness">That of the Gaussian, in pixels.</param>
    /// <param name="key">What the field depends on besides.</param>
    public ElasticField(ImageShape shape, double deviation, double smoothness, ulong key)
    {
        int sides = MostSides;
        while (sides > LeastSides && (long)shape.Height * shape.Width * sides * sides > ManyNumbers) sides--;
        (_rows, _columns) = (sides * shape.Height, sides * shape.Width);

        // The table goes on past its end by a window, whose rows are whole vectors: no window is interrupted.
        Stride = Padding.RoundUp(_columns + Padding.RoundUp(shape.Width));
        _table = new AlignedBuffer((long)(_rows + shape.Height) * Stride);

        float[] weights = Gaussian(smoothness);
        Smooth(Noise(_rows, _columns, key), weights);
        Normalize(deviation / Math.Sqrt(2));
        for (int row = 0; row < _rows + shape.Height; row++) Extend(row);
    }

    /// <summary>The floats from a row of a window to the next.</summary>
    public int Stride { get; }

    /// <summary>The movements, in pixels, of an image: any place is as likely.</summary>
    /// <param name="bits">The random bits that decide the place.</param>
    public float* Window(ulong bits)
    {
        int row = (int)((bits >> 32) * (ulong)_rows >> 32);
        int column = (int)((bits & uint.MaxValue) * (ulong)_columns >> 32);
        return _table.Pointer + (nint)row * Stride + column;
    }

    private static float[][] Noise(int rows, int columns, ulong key)
    {
        var random = new CounterRandom(key);
        var noise = new float[rows][];
        for (int row = 0; row < rows; row++)
        {
            noise[row] = new float[columns];
            foreach (ref float value in noise[row].AsSpan()) value = random.NextSigned();
        }

        return noise;
    }

    /// <summary>The Gaussian out to three deviations; its scale does not matter.</summary>
    private static float[] Gaussian(double deviation)
    {
        int radius = (int)Math.Ceiling(3 * deviation);
        var weights = new float[2 * radius + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = i == radius ? 0 : (i - radius) / deviation;
            weights[i] = (float)(1 / ScalarMath.Exp(distance * distance / 2));
        }

        return weights;
    }

    /// <summary>Smooths along the rows, then along the columns, into the table.</summary>
    private void Smooth(float[][] noise, float[] weights)
    {
        int radius = weights.Length / 2;
        float[] around = new float[_columns + 2 * radius];
        foreach (float[] row in noise)
        {
            for (int i = 0; i < around.Length; i++) around[i] = row[Wrap(i - radius, _columns)];
            Array.Clear(row);
            for (int i = 0; i < weights.Length; i++) AddScaled(row, around.AsSpan(i, _columns), weights[i]);
        }

        for (int row = 0; row < _rows; row++)
        {
            for (int i = 0; i < weights.Length; i++) AddScaled(Row(row), noise[Wrap(row + i - radius, _rows)], weights[i]);
        }
    }

    /// <summary>
    /// Gives the torus the mean 0 and a deviation: by chance alone it would have about those, for it has few places that do not depend on each other.
    /// </summary>
    private void Normalize(double deviation)
    {
        double sum = 0, squares = 0, count = (double)_rows * _columns;
        for (int row = 0; row < _rows; row++)
        {
            foreach (float value in Row(row)) sum += value;
        }

        double mean = sum / count;
        for (int row = 0; row < _rows; row++)
        {
            foreach (float value in Row(row)) squares += (value - mean) * (value - mean);
        }

        double factor = deviation / Math.Sqrt(squares / count);
        for (int row = 0; row < _rows; row++)
        {
            foreach (ref float value in Row(row)) value = (float)((value - mean) * factor);
        }
    }

    private void Extend(int row)
    {
        Span<float> whole = _table.Span.Slice(row * Stride, Stride);
        if (row >= _rows) Row(row - _rows).CopyTo(whole);
        for (int i = _columns; i < Stride; i++) whole[i] = whole[i - _columns];
    }

    private Span<float> Row(int row) => _table.Span.Slice(row * Stride, _columns);

    private static int Wrap(int index, int count) => (index % count + count) % count;

    /// <summary>sums += weight values, number by number: the width of a vector cannot be seen in the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<float> sums, ReadOnlySpan<float> values, float weight)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Span<float> part = sums[i..];
            (new Vector<float>(part) + new Vector<float>(values[i..]) * weight).CopyTo(part);
        }

        for (; i < sums.Length; i++) sums[i] += values[i] * weight;
    }
}
