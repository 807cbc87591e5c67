using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u Phi(u), Phi the standard normal distribution function; y' = Phi(u) + u phi(u), phi its density.</summary>
internal readonly struct GELU : IActivation
{
    private const float InverseSqrtTwoPi = 0.398942280f;

    public static bool NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Multiply(u, VectorMath<TSimd, V>.NormalDistribution(u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V exponent = TSimd.Multiply(TSimd.Multiply(u, u), TSimd.Broadcast(-0.5f));
        V density = TSimd.Multiply(TSimd.Broadcast(InverseSqrtTwoPi), VectorMath<TSimd, V>.Exp(exponent));
        return TSimd.MultiplyAdd(u, density, VectorMath<TSimd, V>.NormalDistribution(u));
    }
}
