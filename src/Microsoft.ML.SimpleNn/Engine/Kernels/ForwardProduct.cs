namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = activation(X W^T + b): one piece of work is a panel and a block of rows.</summary>
internal readonly unsafe struct ForwardProduct<TSimd, V> : IParallelBody
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <summary>Rows of X in a piece: with <see cref="MatrixProducts.DepthBlock"/> columns 100 KB, beside the panel in the cache.</summary>
    private const int RowBlock = 64;

    private readonly PanelLayout _layout;
    private readonly Activation _activation;
    private readonly float* _parameters;
    private readonly float* _x;
    private readonly nint _xStride;
    private readonly int _rows;
    private readonly float* _u;
    private readonly float* _y;

    private ForwardProduct(PanelLayout layout, Activation activation, float* parameters, float* x, nint xStride, int rows, float* u, float* y)
    {
        _layout = layout;
        _activation = activation;
        _parameters = parameters;
        _x = x;
        _xStride = xStride;
        _rows = rows;
        _u = u;
        _y = y;
    }

    /// <inheritdoc cref="MatrixProducts.Forward"/>
    public static void Run(
        PanelLayout layout, Activation activation, float* parameters, float* x, nint xStride, int rows, float* u, float* y, ThreadTeam? team)
    {
        if (rows == 1 && team == null)
        {
            RowProduct<TSimd, V>.Run(layout, activation, parameters, x, u, y);
            return;
        }

        var product = new ForwardProduct<TSimd, V>(layout, activation, parameters, x, xStride, rows, u, y);
        int rowBlocks = (rows + RowBlock - 1) / RowBlock;
        ThreadTeam.For(team, rowBlocks * layout.Count, (long)rows * layout.Length, product);
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        int rowBlocks = (_rows + RowBlock - 1) / RowBlock;
        int panel = index / rowBlocks;
        int firstRow = index % rowBlocks * RowBlock;
        int rows = Math.Min(RowBlock, _rows - firstRow);
        int width = _layout.Width(panel);
        nint yStride = _layout.PaddedOutputs;
        float* weights = _parameters + _layout.Offset(panel);
        float* biases = weights + (nint)_layout.Inputs * width;
        float* x = _x + firstRow * _xStride;
        nint block = firstRow * yStride + panel * PanelLayout.FullWidth;
        float* y = _y + block;

        BlockProduct<TSimd, V>.Run(x, _xStride, 1, weights, width, biases, 0, y, yStride, rows, width, Math.Min(MatrixProducts.DepthBlock, _layout.Inputs));
        for (int k = MatrixProducts.DepthBlock; k < _layout.Inputs; k += MatrixProducts.DepthBlock)
        {
            int depth = Math.Min(MatrixProducts.DepthBlock, _layout.Inputs - k);
            BlockProduct<TSimd, V>.Run(x + k, _xStride, 1, weights + (nint)k * width, width, y, yStride, y, yStride, rows, width, depth);
        }

        ActivationKernels<TSimd, V>.Forward(_activation, _u == null ? null : _u + block, y, yStride, rows, width);
    }
}
