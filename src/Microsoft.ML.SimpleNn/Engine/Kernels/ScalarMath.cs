using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Functions of one number that give the same bits on every system.</summary>
internal static class ScalarMath
{
    /// <summary>The natural logarithm of a positive normal number, as <see cref="VectorMath{TSimd, V}"/> gives it.</summary>
    public static float Log(float x) => VectorMath<Simd128, Vector128<float>>.Log(Vector128.Create(x)).ToScalar();

    /// <summary>e^x for x of 0 or less, as <see cref="VectorMath{TSimd, V}"/> gives it.</summary>
    public static float Exp(float x) => VectorMath<Simd128, Vector128<float>>.Exp(Vector128.Create(x)).ToScalar();

    /// <summary>log(1 / (1 + e^-x)), which overflows for no x.</summary>
    public static float LogSigmoid(float x) =>
        MathF.Min(x, 0) - VectorMath<Simd128, Vector128<float>>.Log1Plus(Vector128.Create(Exp(-MathF.Abs(x)))).ToScalar();

    /// <summary>cos(pi x) for x from 0 to 1, to 1e-15, by its Taylor series: a library's cosine may differ in the last bit from system to system.</summary>
    public static double CosinePi(double x)
    {
        if (x > 0.5) return -CosinePi(1 - x);
        double square = Math.PI * x * (Math.PI * x);
        double sum = 0;
        for (int n = 20; n > 0; n -= 2) sum = -square / (n * (n - 1)) * (1 + sum);
        return 1 + sum;
    }
}
