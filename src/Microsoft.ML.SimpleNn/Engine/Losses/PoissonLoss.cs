using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// For counts and rates: loss = e^z - t z, the negative logarithm of the Poisson probability of t for the mean e^z, without the part that
/// depends on t alone; derivative = e^z - t, prediction = e^z. The exponential is held to finite numbers.
/// </summary>
internal readonly struct PoissonLoss : IElementLoss
{
    static TargetUnit IElementLoss.TargetUnit => TargetUnit.DividedByMean;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output) => VectorMath<V>.Exp(z) - t * z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output) => VectorMath<V>.Exp(z) - t;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementLoss.Prediction<V>(V z) => VectorMath<V>.Exp(z);

    static double IElementLoss.PredictionSlope(double z) => Math.Exp(z);
}
