using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// exp, log and their kin, lane by lane, as polynomials of our own: a library's function gives other bits on another system, and these
/// give the same on every one. Errors are relative unless said, measured over the whole range against double precision.
/// Coefficients of exp, log and tanh: S. Moshier, Cephes Mathematical Library (expf.c, logf.c, tanhf.c).
/// </summary>
internal static class VectorMath<V>
    where V : struct, IFloats<V>
{
    // Below the first, e^x is less than the smallest normal number; above the second, 2^n has no float for n = round(x / ln 2).
    private const float ExpMinimum = -87.33654f;
    private const float ExpMaximum = 88.37626f;

    private const float SqrtHalf = 0.707106781f;

    /// <summary>e^x to 2e-7, for x held to -87.3 ... 88.3: further out it gives the value at the end of that range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        x = Clamp(x, ExpMinimum, ExpMaximum);

        // x = n ln 2 + r with whole n. Adding 1.5 * 2^23 rounds to a whole number, to even in the middle, in every vector unit.
        V rounder = 12582912;
        V n = V.MultiplyAdd(x, 1.442695041f, rounder) - rounder;
        V r = V.MultiplyAdd(n, -0.693359375f, x);
        r = V.MultiplyAdd(n, 2.12194440e-4f, r);

        V p = 1.9875691500e-4f;
        p = V.MultiplyAdd(p, r, 1.3981999507e-3f);
        p = V.MultiplyAdd(p, r, 8.3334519073e-3f);
        p = V.MultiplyAdd(p, r, 4.1665795894e-2f);
        p = V.MultiplyAdd(p, r, 1.6666665459e-1f);
        p = V.MultiplyAdd(p, r, 5.0000001201e-1f);
        p = V.MultiplyAdd(p, r * r, r + 1);
        return p * V.PowerOfTwo(n);
    }

    /// <summary>The natural logarithm of positive normal numbers, to 1e-7; of others, NaN among them, it gives some number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        // x = m 2^e with m from sqrt(1/2) up to sqrt(2), so that z = m - 1 is small on both sides.
        V m = V.SplitExponent(x, out V e);
        e -= V.IfLess(m, SqrtHalf, 1, 0);
        V z = m + V.IfLess(m, SqrtHalf, m, 0) - 1;

        V p = 7.0376836292e-2f;
        p = V.MultiplyAdd(p, z, -1.1514610310e-1f);
        p = V.MultiplyAdd(p, z, 1.1676998740e-1f);
        p = V.MultiplyAdd(p, z, -1.2420140846e-1f);
        p = V.MultiplyAdd(p, z, 1.4249322787e-1f);
        p = V.MultiplyAdd(p, z, -1.6668057665e-1f);
        p = V.MultiplyAdd(p, z, 2.0000714765e-1f);
        p = V.MultiplyAdd(p, z, -2.4999993993e-1f);
        p = V.MultiplyAdd(p, z, 3.3333331174e-1f);
        V square = z * z;
        V y = p * z * square;
        y = V.MultiplyAdd(e, -2.12194440e-4f, y);
        y = V.MultiplyAdd(square, -0.5f, y);
        return V.MultiplyAdd(e, 0.693359375f, z + y);
    }

    /// <summary>log(1 + x) for x from 0 to 1, to 3e-7 also for tiny x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1Plus(V x)
    {
        // W. Kahan: what 1 + x lost in rounding is made good by the factor x / (u - 1).
        V one = 1;
        V u = one + x;
        V lost = u - one;
        V corrected = Log(u) * (x / V.IfLess(0, lost, lost, one));
        return V.IfLess(0, lost, corrected, x);
    }

    /// <summary>1 / (1 + e^-x), to 2e-7; from -88.3 downwards it stays at 4e-39.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        V one = 1;
        return one / (one + Exp(-x));
    }

    /// <summary>tanh x, to 3e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        // Near zero 1 - 2 / (e^2x + 1) would lose its digits, so there it is an odd polynomial.
        V square = x * x;
        V p = -5.70498872745e-3f;
        p = V.MultiplyAdd(p, square, 2.06390887954e-2f);
        p = V.MultiplyAdd(p, square, -5.37397155531e-2f);
        p = V.MultiplyAdd(p, square, 1.33314422036e-1f);
        p = V.MultiplyAdd(p, square, -3.33332819422e-1f);
        V near = V.MultiplyAdd(p * square, x, x);

        V one = 1;
        V far = one - 2 / (one + Exp(x + x));
        return V.IfLess(V.Abs(x), 0.625f, near, far);
    }

    /// <summary>The standard normal distribution function, (1 + erf(x / sqrt 2)) / 2, to 3e-7 absolute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDistribution(V x)
    {
        // M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 7.1.26: 1 - erf z = (a1 t + ... + a5 t^5) e^(-z z), t = 1 / (1 + p z).
        V z = V.Abs(x) * SqrtHalf;
        V one = 1;
        V t = one / V.MultiplyAdd(0.3275911f, z, one);
        V p = 1.061405429f;
        p = V.MultiplyAdd(p, t, -1.453152027f);
        p = V.MultiplyAdd(p, t, 1.421413741f);
        p = V.MultiplyAdd(p, t, -0.284496736f);
        p = V.MultiplyAdd(p, t, 0.254829592f);
        V tail = p * t * Exp(-(z * z)) * 0.5f;
        return V.IfLess(x, 0, tail, one - tail);
    }

    /// <summary>max(x, 0), and NaN for NaN: a broken run must not pass for a quiet one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Positive(V x)
    {
        V zero = 0;
        return V.IfLess(x, zero, zero, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp(V x, float minimum, float maximum)
    {
        V low = minimum, high = maximum;
        x = V.IfLess(x, low, low, x);
        return V.IfLess(high, x, high, x);
    }
}
