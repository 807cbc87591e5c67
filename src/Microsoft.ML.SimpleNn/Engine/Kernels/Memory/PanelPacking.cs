using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Copies a matrix [rows x padded outputs] into panels, each a matrix of its own [rows x width]; one piece of work is a panel.</summary>
/// <param name="layout">The layer whose panels they are.</param>
/// <param name="delta">The matrix; the panels go to its strips, one after the other.</param>
/// <param name="isShared">Whether several threads read the panels.</param>
internal readonly unsafe struct PanelPacking<V>(PanelLayout layout, DeltaView delta, bool isShared) : IParallelBody
    where V : struct, IFloats<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int panel)
    {
        int width = layout.Width(panel);
        bool pastCaches = isShared;
        nint stride = layout.PaddedOutputs;
        float* from = delta.Pointer + panel * PanelLayout.FullWidth, to = delta.Strips + (nint)panel * PanelLayout.FullWidth * delta.Rows;
        for (int row = 0; row < delta.Rows; row++, from += stride, to += width)
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
