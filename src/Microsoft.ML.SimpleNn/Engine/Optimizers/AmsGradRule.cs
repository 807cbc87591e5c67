using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Adam's formula with the largest v so far in place of v.</summary>
internal readonly struct AmsGradRule(AdamRule adam) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TSimd, V>(ref V weight, V gradient, ref V m, ref V v, ref V largest)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        adam.UpdateMoments<TSimd, V>(gradient, ref m, ref v);
        largest = TSimd.Select(TSimd.LessThan(largest, v), v, largest);
        weight = adam.Move<TSimd, V>(weight, m, largest);
    }
}
