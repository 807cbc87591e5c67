namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Copies a matrix [rows x padded outputs] into panels, each a matrix of its own [rows x width]; one piece of work is a panel.</summary>
/// <param name="layout">The layer whose panels they are.</param>
/// <param name="source">The matrix.</param>
/// <param name="rows">Its rows.</param>
/// <param name="panels">Where the panels go, one after the other.</param>
internal readonly unsafe struct PanelPacking(PanelLayout layout, float* source, int rows, float* panels) : IParallelBody
{
    public void Run(int panel)
    {
        int width = layout.Width(panel);
        float* from = source + panel * PanelLayout.FullWidth, to = panels + (nint)panel * PanelLayout.FullWidth * rows;
        for (int row = 0; row < rows; row++, from += layout.PaddedOutputs, to += width)
            new ReadOnlySpan<float>(from, width).CopyTo(new Span<float>(to, width));
    }
}
