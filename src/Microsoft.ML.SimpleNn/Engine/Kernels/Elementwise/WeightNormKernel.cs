using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Holds the norm of the incoming weights of each unit of a layer to a limit.</summary>
internal static unsafe class WeightNormKernel
{
    /// <summary>w = w min(1, maximum / |w|) for the weights w of each unit, without its bias.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="parameters">The panels.</param>
    /// <param name="maximum">The largest norm, above 0.</param>
    /// <param name="team">The threads.</param>
    public static void Limit(PanelLayout layout, float* parameters, float maximum, ThreadTeam? team) =>
        ThreadTeam.For(
            team, layout.PaddedOutputs / Padding.Lanes, 16 * layout.Length, new Body { Layout = layout, Parameters = parameters, Maximum = maximum });

    /// <summary>One piece is 16 units: a lane each, in which the squares are summed in the order of the inputs.</summary>
    private struct Body : IParallelBody
    {
        public PanelLayout Layout;
        public float* Parameters;
        public float Maximum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int index)
        {
            int unit = index * Padding.Lanes;
            int width = Layout.Width(unit / PanelLayout.FullWidth);
            float* weights = Parameters + Layout.IndexOf(0, unit);
            float* end = weights + (nint)Layout.Inputs * width;

            Vector512<double> low = default, high = default;
            for (float* w = weights; w < end; w += width) NormKernel.AddSquares(w, ref low, ref high);
            double* squares = stackalloc double[Padding.Lanes];
            low.Store(squares);
            high.Store(squares + Padding.Lanes / 2);

            float* factors = stackalloc float[Padding.Lanes];
            bool anyAbove = false;
            for (int i = 0; i < Padding.Lanes; i++)
            {
                double norm = Math.Sqrt(squares[i]);
                factors[i] = norm > Maximum ? (float)(Maximum / norm) : 1;
                anyAbove |= norm > Maximum;
            }

            if (!anyAbove) return;
            Vector512<float> factor = Vector512.Load(factors);
            for (float* w = weights; w < end; w += width) (Vector512.Load(w) * factor).Store(w);
        }
    }
}
