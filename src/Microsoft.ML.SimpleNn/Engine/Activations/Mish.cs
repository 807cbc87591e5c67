using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// y = u tanh(log(1 + e^u)), which with n = e^u (e^u + 2) is u n / (n + 2); y' = n / (n + 2) + 4 u e^u (1 + e^u) / (n + 2)^2.
/// </summary>
internal readonly struct Mish : IActivation
{
    /// <summary>From here on y = u to the last bit, long before n overflows.</summary>
    private const float Linear = 20;

    static bool IActivation.NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u)
    {
        V e = VectorMath<V>.Exp(V.IfLess(u, Linear, u, Linear));
        V n = e * (e + 2);
        return u * (n / (n + 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y)
    {
        V held = V.IfLess(u, Linear, u, Linear);
        V e = VectorMath<V>.Exp(held);
        V n = e * (e + 2), root = 1 / (n + 2);
        return V.MultiplyAdd(4 * held * root, e * (1 + e) * root, n * root);
    }
}
