namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = f(X W^T + b) for sparse X: one piece of work is a panel and a block of rows.</summary>
/// <param name="weights">W and b.</param>
/// <param name="x">X.</param>
/// <param name="y">f and Y.</param>
internal readonly unsafe struct SparseForwardProduct<V>(FeatureWeights weights, SparseView x, LayerOutputs y) : IParallelBody
    where V : struct, IFloats<V>
{
    private const int RowBlock = 16;

    /// <inheritdoc cref="SparseProducts.Forward"/>
    public static void Run(in FeatureWeights weights, in SparseView x, in LayerOutputs y, ThreadTeam? team)
    {
        int rowBlocks = (x.Rows + RowBlock - 1) / RowBlock;
        long operations = (long)x.Starts[x.Rows] * weights.Layout.PaddedOutputs;
        ThreadTeam.For(team, rowBlocks * weights.Layout.Count, operations, new SparseForwardProduct<V>(weights, x, y));
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        PanelLayout layout = weights.Layout;
        int panel = index % layout.Count;
        int firstRow = index / layout.Count * RowBlock;
        int rows = Math.Min(RowBlock, x.Rows - firstRow);
        int width = layout.Width(panel);
        nint yStride = layout.PaddedOutputs, stride = weights.Stride(panel);
        float* first = weights.First(panel), biases = weights.Biases(panel);
        LayerOutputs block = y.From(firstRow * yStride + panel * PanelLayout.FullWidth);
        for (int row = 0; row < rows; row++)
        {
            int start = x.Starts[firstRow + row];
            var terms = new Terms(x.Features + start, x.Values + start, x.Starts[firstRow + row + 1] - start);
            SparseCombination<V>.Run(terms, first, stride, biases, block.Y + row * yStride, width);
        }

        ActivationKernels<V>.Forward(block, new MatrixView(block.Y, rows, yStride), width);
    }
}
