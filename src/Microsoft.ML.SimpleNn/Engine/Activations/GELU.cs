using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u Phi(u), Phi the standard normal distribution function; y' = Phi(u) + u phi(u), phi its density.</summary>
internal readonly struct GELU : IActivation
{
    private const float InverseSqrtTwoPi = 0.398942280f;

    static bool IActivation.NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => u * VectorMath<V>.NormalDistribution(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y)
    {
        V exponent = u * u * -0.5f;
        V density = InverseSqrtTwoPi * VectorMath<V>.Exp(exponent);
        return V.MultiplyAdd(u, density, VectorMath<V>.NormalDistribution(u));
    }
}
