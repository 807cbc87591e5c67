using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The microkernel of the sparse products: c = start + sum over k of factors[k] B[rows[k], :], a panel's width. Every sum is one chain of fused
/// multiply-adds in the order of the list. A dense product runs the same chain with the zeros between, and adding zero times a
/// number changes no bit, so both give the same bits.
/// </summary>
internal static unsafe class SparseCombination<TSimd, V>
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <param name="rows">The rows of B to add up.</param>
    /// <param name="factors">What each is multiplied by.</param>
    /// <param name="count">The length of the list.</param>
    /// <param name="b">B.</param>
    /// <param name="bRow">From row to row of B.</param>
    /// <param name="start">The start values [width].</param>
    /// <param name="c">The result [width].</param>
    /// <param name="width">A multiple of 16, up to <see cref="PanelLayout.FullWidth"/>.</param>
    public static void Run(int* rows, float* factors, int count, float* b, nint bRow, float* start, float* c, int width)
    {
        int i = 0;
        for (; i <= width - 3 * TSimd.Count; i += 3 * TSimd.Count) Run<Three>(rows, factors, count, b + i, bRow, start + i, c + i);
        for (; i < width; i += TSimd.Count) Run<One>(rows, factors, count, b + i, bRow, start + i, c + i);
    }

    /// <summary>One or three vectors, whose sums stay in registers over the whole list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TVectors>(int* rows, float* factors, int count, float* b, nint bRow, float* start, float* c)
        where TVectors : struct, IConstant
    {
        bool three = TVectors.Value == 3;
        V c0 = TSimd.Load(start), c1 = default, c2 = default;
        if (three)
        {
            c1 = TSimd.Load(start + TSimd.Count);
            c2 = TSimd.Load(start + 2 * TSimd.Count);
        }

        for (int k = 0; k < count; k++)
        {
            float* row = b + rows[k] * bRow;
            V factor = TSimd.Broadcast(factors[k]);
            c0 = TSimd.MultiplyAdd(factor, TSimd.Load(row), c0);
            if (three)
            {
                c1 = TSimd.MultiplyAdd(factor, TSimd.Load(row + TSimd.Count), c1);
                c2 = TSimd.MultiplyAdd(factor, TSimd.Load(row + 2 * TSimd.Count), c2);
            }
        }

        TSimd.Store(c0, c);
        if (three)
        {
            TSimd.Store(c1, c + TSimd.Count);
            TSimd.Store(c2, c + 2 * TSimd.Count);
        }
    }
}
