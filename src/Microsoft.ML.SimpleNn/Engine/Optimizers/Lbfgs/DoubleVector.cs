namespace Microsoft.ML.SimpleNn;

/// <summary>Products of vectors in double precision, summed in ascending order.</summary>
internal static class DoubleVector
{
    /// <summary>a b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y = y + factor x.</summary>
    public static void AddScaled(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < y.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>The square root of a a.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));
}
