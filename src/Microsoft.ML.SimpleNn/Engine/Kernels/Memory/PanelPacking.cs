using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Copies a matrix [rows x padded outputs] into panels, each a matrix of its own [rows x width]; one piece of work is a panel.</summary>
/// <param name="layout">The layer whose panels they are.</param>
/// <param name="source">The matrix.</param>
/// <param name="rows">Its rows.</param>
/// <param name="panels">Where the panels go, one after the other.</param>
/// <param name="isShared">Whether several threads read the panels.</param>
internal readonly unsafe struct PanelPacking<V>(PanelLayout layout, float* source, int rows, float* panels, bool isShared) : IParallelBody
    where V : struct, IFloats<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int panel)
    {
        int width = layout.Width(panel);
        bool pastCaches = isShared;
        nint stride = layout.PaddedOutputs;
        float* from = source + panel * PanelLayout.FullWidth, to = panels + (nint)panel * PanelLayout.FullWidth * rows;
        for (int row = 0; row < rows; row++, from += stride, to += width)
        {
            for (int i = 0; i < width; i += V.Count)
            {
                V value = V.Load(from + i);
                if (pastCaches) value.StoreNonTemporal(to + i);
                else value.Store(to + i);
            }
        }
    }
}
