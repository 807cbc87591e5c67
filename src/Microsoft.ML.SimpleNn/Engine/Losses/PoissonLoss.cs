using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// For counts and rates: loss = e^z - t z, the negative logarithm of the Poisson probability of t for the mean e^z, without the part that
/// depends on t alone; derivative = e^z - t, prediction = e^z. The exponential is held to finite numbers.
/// </summary>
internal readonly struct PoissonLoss : IElementLoss
{
    public static bool HasAccuracy => false;

    public static TargetUnit TargetUnit => TargetUnit.DividedByMean;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct => TSimd.Subtract(VectorMath<TSimd, V>.Exp(z), TSimd.Multiply(t, z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct => TSimd.Subtract(VectorMath<TSimd, V>.Exp(z), t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => VectorMath<TSimd, V>.Exp(z);
}
