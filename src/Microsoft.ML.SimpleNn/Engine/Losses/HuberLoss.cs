using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// With d = z - t: loss = d d / 2 for |d| &lt;= delta, delta (|d| - delta / 2) beyond, so that an outlier pulls no harder than delta does
/// (P. Huber 1964, Robust estimation of a location parameter); derivative = d held to [-delta, delta], prediction = z.
/// </summary>
/// <param name="delta">Where the parabola becomes a line.</param>
internal readonly struct HuberLoss(float delta) : IElementLoss
{
    public static bool HasAccuracy => false;

    public static TargetUnit TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        // d c - c c / 2 with c = d held to the range: both pieces of the formula in one.
        V difference = TSimd.Subtract(z, t);
        V held = Hold<TSimd, V>(difference);
        return TSimd.Multiply(held, TSimd.MultiplyAdd(TSimd.Broadcast(-0.5f), held, difference));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct => Hold<TSimd, V>(TSimd.Subtract(z, t));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Hold<TSimd, V>(V difference)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V high = TSimd.Broadcast(delta), low = TSimd.Broadcast(-delta);
        V below = TSimd.Select(TSimd.LessThan(high, difference), high, difference);
        return TSimd.Select(TSimd.LessThan(below, low), low, below);
    }
}
