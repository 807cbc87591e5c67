using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The microkernel of the sparse products: c = start + sum over k of factors[k] B[rows[k], :], a panel's width. Every sum is one chain of fused
/// multiply-adds in the order of the list. A dense product runs the same chain with the zeros between, and adding zero times a
/// number changes no bit, so both give the same bits.
/// </summary>
internal static unsafe class SparseCombination<V>
    where V : struct, IFloats<V>
{
    /// <param name="terms">The rows of B to add up.</param>
    /// <param name="b">B.</param>
    /// <param name="bRow">From row to row of B.</param>
    /// <param name="start">The start values [width].</param>
    /// <param name="c">The result [width].</param>
    /// <param name="width">A multiple of 16, up to <see cref="PanelLayout.FullWidth"/>.</param>
    public static void Run(in Terms terms, float* b, nint bRow, float* start, float* c, int width)
    {
        int i = 0;
        for (; i <= width - 3 * V.Count; i += 3 * V.Count) Run<Three>(terms, b + i, bRow, start + i, c + i);
        for (; i < width; i += V.Count) Run<One>(terms, b + i, bRow, start + i, c + i);
    }

    /// <summary>One or three vectors, whose sums stay in registers over the whole list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TVectors>(in Terms terms, float* b, nint bRow, float* start, float* c)
        where TVectors : struct, IConstant
    {
        bool three = TVectors.Value == 3;
        int* rows = terms.Rows;
        float* factors = terms.Factors;
        int count = terms.Count;
        V c0 = V.Load(start), c1 = default, c2 = default;
        if (three)
        {
            c1 = V.Load(start + V.Count);
            c2 = V.Load(start + 2 * V.Count);
        }

        for (int k = 0; k < count; k++)
        {
            float* row = b + rows[k] * bRow;
            V factor = factors[k];
            c0.AddProduct(factor, row);
            if (three)
            {
                c1.AddProduct(factor, row + V.Count);
                c2.AddProduct(factor, row + 2 * V.Count);
            }
        }

        c0.Store(c);
        if (three)
        {
            c1.Store(c + V.Count);
            c2.Store(c + 2 * V.Count);
        }
    }
}
