using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// exp, log and their kin, lane by lane, as polynomials of our own: a library's function gives other bits on another system, and these
/// give the same on every one. Errors are relative unless said, measured over the whole range against double precision.
/// Coefficients of exp, log and tanh: S. Moshier, Cephes Mathematical Library (expf.c, logf.c, tanhf.c).
/// </summary>
internal static class VectorMath<TSimd, V>
    where TSimd : struct, ISimd<V>
    where V : struct
{
    // Below the first, e^x is less than the smallest normal number; above the second, 2^n has no float for n = round(x / ln 2).
    private const float ExpMinimum = -87.33654f;
    private const float ExpMaximum = 88.37626f;

    /// <summary>e^x to 2e-7, for x held to -87.3 ... 88.3: further out it gives the value at the end of that range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        x = Clamp(x, ExpMinimum, ExpMaximum);

        // x = n ln 2 + r with whole n. Adding 1.5 * 2^23 rounds to a whole number, to even in the middle, in every vector unit.
        V rounder = TSimd.Broadcast(12582912f);
        V n = TSimd.Subtract(TSimd.MultiplyAdd(x, TSimd.Broadcast(1.442695041f), rounder), rounder);
        V r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);

        V p = TSimd.Broadcast(1.9875691500e-4f);
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1.3981999507e-3f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(8.3334519073e-3f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(4.1665795894e-2f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1.6666665459e-1f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(5.0000001201e-1f));
        p = TSimd.MultiplyAdd(p, TSimd.Multiply(r, r), TSimd.Add(r, TSimd.Broadcast(1f)));
        return TSimd.Multiply(p, TSimd.PowerOfTwo(n));
    }

    /// <summary>The natural logarithm of positive normal numbers, to 1e-7; of others, NaN among them, it gives some number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        // x = m 2^e with m from sqrt(1/2) up to sqrt(2), so that z = m - 1 is small on both sides.
        V m = TSimd.SplitExponent(x, out V e);
        V low = TSimd.LessThan(m, TSimd.Broadcast(0.707106781f));
        e = TSimd.Subtract(e, TSimd.Select(low, TSimd.Broadcast(1f), TSimd.Broadcast(0f)));
        V z = TSimd.Subtract(TSimd.Add(m, TSimd.Select(low, m, TSimd.Broadcast(0f))), TSimd.Broadcast(1f));

        V p = TSimd.Broadcast(7.0376836292e-2f);
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(-1.1514610310e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(1.1676998740e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(-1.2420140846e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(1.4249322787e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(-1.6668057665e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(2.0000714765e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(-2.4999993993e-1f));
        p = TSimd.MultiplyAdd(p, z, TSimd.Broadcast(3.3333331174e-1f));
        V square = TSimd.Multiply(z, z);
        V y = TSimd.Multiply(TSimd.Multiply(p, z), square);
        y = TSimd.MultiplyAdd(e, TSimd.Broadcast(-2.12194440e-4f), y);
        y = TSimd.MultiplyAdd(square, TSimd.Broadcast(-0.5f), y);
        return TSimd.MultiplyAdd(e, TSimd.Broadcast(0.693359375f), TSimd.Add(z, y));
    }

    /// <summary>log(1 + x) for x from 0 to 1, to 3e-7 also for tiny x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1Plus(V x)
    {
        // W. Kahan: what 1 + x lost in rounding is made good by the factor x / (u - 1).
        V one = TSimd.Broadcast(1f);
        V u = TSimd.Add(one, x);
        V lost = TSimd.Subtract(u, one);
        V positive = TSimd.LessThan(TSimd.Broadcast(0f), lost);
        V corrected = TSimd.Multiply(Log(u), TSimd.Divide(x, TSimd.Select(positive, lost, one)));
        return TSimd.Select(positive, corrected, x);
    }

    /// <summary>1 / (1 + e^-x), to 2e-7; from -88.3 downwards it stays at 4e-39.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        V one = TSimd.Broadcast(1f);
        return TSimd.Divide(one, TSimd.Add(one, Exp(Negate(x))));
    }

    /// <summary>tanh x, to 3e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        // Near zero 1 - 2 / (e^2x + 1) would lose its digits, so there it is an odd polynomial.
        V square = TSimd.Multiply(x, x);
        V p = TSimd.Broadcast(-5.70498872745e-3f);
        p = TSimd.MultiplyAdd(p, square, TSimd.Broadcast(2.06390887954e-2f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Broadcast(-5.37397155531e-2f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Broadcast(1.33314422036e-1f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Broadcast(-3.33332819422e-1f));
        V near = TSimd.MultiplyAdd(TSimd.Multiply(p, square), x, x);

        V one = TSimd.Broadcast(1f);
        V far = TSimd.Subtract(one, TSimd.Divide(TSimd.Broadcast(2f), TSimd.Add(one, Exp(TSimd.Add(x, x)))));
        return TSimd.Select(TSimd.LessThan(TSimd.Absolute(x), TSimd.Broadcast(0.625f)), near, far);
    }

    /// <summary>The standard normal distribution function, (1 + erf(x / sqrt 2)) / 2, to 3e-7 absolute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDistribution(V x)
    {
        // M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 7.1.26: 1 - erf z = (a1 t + ... + a5 t^5) e^(-z z), t = 1 / (1 + p z).
        V z = TSimd.Multiply(TSimd.Absolute(x), TSimd.Broadcast(0.707106781f));
        V one = TSimd.Broadcast(1f);
        V t = TSimd.Divide(one, TSimd.MultiplyAdd(TSimd.Broadcast(0.3275911f), z, one));
        V p = TSimd.Broadcast(1.061405429f);
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(-1.453152027f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(1.421413741f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(-0.284496736f));
        p = TSimd.MultiplyAdd(p, t, TSimd.Broadcast(0.254829592f));
        V tail = TSimd.Multiply(TSimd.Multiply(TSimd.Multiply(p, t), Exp(Negate(TSimd.Multiply(z, z)))), TSimd.Broadcast(0.5f));
        return TSimd.Select(TSimd.LessThan(x, TSimd.Broadcast(0f)), tail, TSimd.Subtract(one, tail));
    }

    /// <summary>max(x, 0), and NaN for NaN: a broken run must not pass for a quiet one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Positive(V x)
    {
        V zero = TSimd.Broadcast(0f);
        return TSimd.Select(TSimd.LessThan(x, zero), zero, x);
    }

    /// <summary>-x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate(V x) => TSimd.Subtract(TSimd.Broadcast(0f), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp(V x, float minimum, float maximum)
    {
        V low = TSimd.Broadcast(minimum), high = TSimd.Broadcast(maximum);
        x = TSimd.Select(TSimd.LessThan(x, low), low, x);
        return TSimd.Select(TSimd.LessThan(high, x), high, x);
    }
}
