namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = activation(X W^T + b): one piece of work is a panel and a block of rows.</summary>
internal readonly unsafe struct ForwardProduct<V> : IParallelBody
    where V : struct, IFloats<V>
{
    /// <summary>The most rows of X in a piece: with <see cref="MatrixProducts.DepthBlock"/> columns 150 KB, beside the panel in the cache. Whole tiles of 8, 6 or 4 rows.</summary>
    private const int LargestRowBlock = 96;

    /// <summary>The fewest rows.</summary>
    private const int SmallestRowBlock = 12;

    private readonly PanelLayout _layout;
    private readonly Activation _activation;
    private readonly float* _parameters;
    private readonly float* _x;
    private readonly nint _xStride;
    private readonly int _rows;
    private readonly float* _u;
    private readonly float* _y;
    private readonly int _rowBlock;

    private ForwardProduct(PanelLayout layout, Activation activation, float* parameters, float* x, nint xStride, int rows, float* u, float* y, int rowBlock)
    {
        _layout = layout;
        _activation = activation;
        _parameters = parameters;
        _x = x;
        _xStride = xStride;
        _rows = rows;
        _u = u;
        _y = y;
        _rowBlock = rowBlock;
    }

    /// <inheritdoc cref="MatrixProducts.Forward"/>
    public static void Run(
        PanelLayout layout, Activation activation, float* parameters, float* x, nint xStride, int rows, float* u, float* y, ThreadTeam? team)
    {
        if (rows == 1)
        {
            RowProduct<V>.Run(layout, activation, parameters, x, u, y, team);
            return;
        }

        // A layer of few panels is cut into smaller blocks, so that every thread has its share.
        int rowBlock = LargestRowBlock;
        while (rowBlock > SmallestRowBlock && Blocks(rows, rowBlock) * layout.Count < ThreadTeam.PiecesWanted(team)) rowBlock /= 2;
        var product = new ForwardProduct<V>(layout, activation, parameters, x, xStride, rows, u, y, rowBlock);
        ThreadTeam.For(team, Blocks(rows, rowBlock) * layout.Count, (long)rows * layout.Length, product);
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        int rowBlocks = Blocks(_rows, _rowBlock);
        int panel = index / rowBlocks;
        int firstRow = index % rowBlocks * _rowBlock;
        int rows = Math.Min(_rowBlock, _rows - firstRow);
        int width = _layout.Width(panel);
        nint yStride = _layout.PaddedOutputs;
        float* weights = _parameters + _layout.Offset(panel);
        float* biases = weights + (nint)_layout.Inputs * width;
        float* x = _x + firstRow * _xStride;
        nint block = firstRow * yStride + panel * PanelLayout.FullWidth;
        float* y = _y + block;

        for (int k = 0; k < _layout.Inputs; k += MatrixProducts.DepthBlock)
        {
            var strides = new TileStrides
            {
                ARow = _xStride,
                AStep = 1,
                BStep = width,
                StartRow = k == 0 ? 0 : yStride,
                CRow = yStride,
                Depth = Math.Min(MatrixProducts.DepthBlock, _layout.Inputs - k),
                Runs = 1,
            };
            BlockProduct<V>.Run(x + k, weights + (nint)k * width, k == 0 ? biases : y, y, strides, rows, width);
        }

        ActivationKernels<V>.Forward(_activation, _u == null ? null : _u + block, y, yStride, rows, width);
    }

    private static int Blocks(int rows, int rowBlock) => (rows + rowBlock - 1) / rowBlock;
}
