namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = f(X W^T + b): one piece of work is a panel and a block of rows.</summary>
/// <remarks>
/// The loops are those of K. Goto and R. van de Geijn (2008, Anatomy of High-Performance Matrix Multiplication) as BLIS names them, from the outermost to the
/// innermost. W^T is the right factor, which is packed at rest: a panel of <see cref="PanelLayout"/> is the NC columns that one piece of work reads.
/// <code>
/// for each panel        of NC = PanelLayout.FullWidth = 48 outputs       \ one piece of work: Run(index)
///   for each row block  of MC = LargestRowBlock = 96 rows of X           /
///     for each depth    of KC = MatrixProducts.DepthBlock = 400 inputs   Run(index): KC x NC of W^T, MC x KC of X, in the second-level cache
///       for each column of NR = V.TileVectors vectors                    BlockProduct: KC x NR of W^T, in the first-level cache
///         for each row  of MR = V.TileRows                               BlockProduct
///           MR x NR sums over KC steps, in registers                     RegisterTile, the microkernel
/// </code>
/// </remarks>
/// <param name="layer">W and b.</param>
/// <param name="x">X.</param>
/// <param name="y">f and Y.</param>
/// <param name="rowBlock">MC in this product.</param>
internal readonly unsafe struct ForwardProduct<V>(LayerView layer, MatrixView x, LayerOutputs y, int rowBlock) : IParallelBody
    where V : struct, IFloats<V>
{
    /// <summary>
    /// MC, the most rows of X in a piece: with <see cref="MatrixProducts.DepthBlock"/> columns 150 KB, beside the panel in the cache. Whole tiles of 8, 6 or 4
    /// rows.
    /// </summary>
    private const int LargestRowBlock = 96;

    /// <summary>The fewest rows.</summary>
    private const int SmallestRowBlock = 12;

    /// <inheritdoc cref="MatrixProducts.Forward"/>
    public static void Run(in LayerView layer, in MatrixView x, in LayerOutputs y, ThreadTeam? team)
    {
        if (x.Rows == 1)
        {
            RowProduct<V>.Run(layer, x.Pointer, y, team);
            return;
        }

        // A layer of few panels is cut into smaller blocks, so that every thread has its share.
        PanelLayout layout = layer.Layout;
        int rowBlock = LargestRowBlock;
        while (rowBlock > SmallestRowBlock && Blocks(x.Rows, rowBlock) * layout.Count < ThreadTeam.PiecesWanted(team)) rowBlock /= 2;
        ThreadTeam.For(team, Blocks(x.Rows, rowBlock) * layout.Count, (long)x.Rows * layout.Length, new ForwardProduct<V>(layer, x, y, rowBlock));
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        PanelLayout layout = layer.Layout;
        int rowBlocks = Blocks(x.Rows, rowBlock);
        int panel = index / rowBlocks;
        int firstRow = index % rowBlocks * rowBlock;
        int rows = Math.Min(rowBlock, x.Rows - firstRow);
        int width = layout.Width(panel);
        nint yStride = layout.PaddedOutputs;
        float* weights = layer.Parameters + layout.Offset(panel);
        float* biases = weights + (nint)layout.Inputs * width;
        float* block = x.Pointer + firstRow * x.Stride;
        LayerOutputs outputs = y.From(firstRow * yStride + panel * PanelLayout.FullWidth);

        for (int k = 0; k < layout.Inputs; k += MatrixProducts.DepthBlock)
        {
            var strides = new TileStrides
            {
                ARow = x.Stride,
                AStep = 1,
                BStep = width,
                StartRow = k == 0 ? 0 : yStride,
                CRow = yStride,
                Depth = Math.Min(MatrixProducts.DepthBlock, layout.Inputs - k),
                Runs = 1,
                Rows = rows,
                Columns = width,
            };
            BlockProduct<V>.Run(block + k, weights + (nint)k * width, k == 0 ? biases : outputs.Y, outputs.Y, strides);
        }

        ActivationKernels<V>.Forward(outputs, new MatrixView(outputs.Y, rows, yStride), width);
    }

    private static int Blocks(int rows, int rowBlock) => (rows + rowBlock - 1) / rowBlock;
}
