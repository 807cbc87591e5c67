using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Functions of one number that give the same bits on every system.</summary>
internal static class ScalarMath
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>The natural logarithm of a positive normal number, as <see cref="VectorMath{V}"/> gives it.</summary>
    public static float Log(float x) => VectorMath<Floats128>.Log(x).Value.ToScalar();

    /// <summary>e^x for x of 0 or less, as <see cref="VectorMath{V}"/> gives it.</summary>
    public static float Exp(float x) => VectorMath<Floats128>.Exp(x).Value.ToScalar();

    /// <summary>log(1 / (1 + e^-x)), which overflows for no x.</summary>
    public static float LogSigmoid(float x) =>
        MathF.Min(x, 0) - VectorMath<Floats128>.Log1Plus(Exp(-MathF.Abs(x))).Value.ToScalar();

    /// <summary>cos(pi x) for x from 0 to 1, to 1e-15, by its Taylor series: a library's cosine may differ in the last bit from system to system.</summary>
    public static double CosinePi(double x)
    {
        if (x > 0.5) return -CosinePi(1 - x);
        double square = Math.PI * x * (Math.PI * x);
        double sum = 0;
        for (int n = 20; n > 0; n -= 2) sum = -square / (n * (n - 1)) * (1 + sum);
        return 1 + sum;
    }

    /// <summary>x^n for n of 0 or more, by squaring.</summary>
    public static double Power(double x, int n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) == 1) power *= x;
        }

        return power;
    }

    /// <summary>
    /// x^y = e^(y log x) for x of 1 or more and y of 0 or more, to 1e-13 as long as y log x is below 100; infinite where it is too large for a double.
    /// </summary>
    public static double Power(double x, double y) => Exp(y * Log(x));

    /// <summary>The natural logarithm of a positive normal number, to 1e-15.</summary>
    public static double Log(double x)
    {
        // x = m 2^e with m from sqrt(1/2) up to sqrt(2), and log m = 2 artanh((m - 1) / (m + 1)), whose series converges fast there.
        int e = (int)(BitConverter.DoubleToInt64Bits(x) >> 52) - 1023;
        double m = x / BitConverter.Int64BitsToDouble((long)(e + 1023) << 52);
        if (m > 1.4142135623730951) (m, e) = (m / 2, e + 1);
        double z = (m - 1) / (m + 1), square = z * z, sum = 0;
        for (int n = 23; n > 0; n -= 2) sum = sum * square + 1.0 / n;
        return 2 * z * sum + e * Ln2;
    }

    /// <summary>e^x for any x whose result is a normal number, to 1e-15 times max(1, |x|).</summary>
    public static double ExpOfAny(double x) => x >= 0 ? Exp(x) : 1 / Exp(-x);

    /// <summary>e^x for x of 0 or more, to 1e-15 times max(1, x); infinite from 709 on.</summary>
    public static double Exp(double x)
    {
        // x = n ln 2 + r; the Taylor series of e^r, and 2^n in the exponent's bits.
        if (!(x < 709)) return double.PositiveInfinity;
        int n = (int)(x / Ln2 + 0.5);
        double r = x - n * Ln2, sum = 1;
        for (int k = 18; k > 0; k--) sum = 1 + sum * r / k;
        return sum * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }
}
