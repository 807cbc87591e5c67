namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>dW = dY^T X and db = the column sums of dY: one piece of work is a block of a panel's rows, that is of inputs.</summary>
internal readonly unsafe struct WeightGradientProduct<TSimd, V> : IParallelBody
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <summary>Inputs in a piece: 64 columns of X over a block of the minibatch's rows stay in the cache.</summary>
    private const int InputBlock = 64;

    private readonly PanelLayout _layout;
    private readonly float* _x;
    private readonly nint _xStride;
    private readonly float* _dy;
    private readonly int _rows;
    private readonly float* _gradient;

    private WeightGradientProduct(PanelLayout layout, float* x, nint xStride, float* dy, int rows, float* gradient)
    {
        _layout = layout;
        _x = x;
        _xStride = xStride;
        _dy = dy;
        _rows = rows;
        _gradient = gradient;
    }

    /// <inheritdoc cref="MatrixProducts.WeightGradient"/>
    public static void Run(PanelLayout layout, float* x, nint xStride, float* dy, int rows, float* gradient, ThreadTeam? team)
    {
        var product = new WeightGradientProduct<TSimd, V>(layout, x, xStride, dy, rows, gradient);
        int inputBlocks = (layout.Inputs + InputBlock - 1) / InputBlock;
        ThreadTeam.For(team, inputBlocks * layout.Count, (long)rows * layout.Length, product);
    }

    /// <summary>Computes the gradient of one panel's weights from one block of inputs; the first block brings the biases.</summary>
    public void Run(int index)
    {
        int panel = index % _layout.Count;
        int firstInput = index / _layout.Count * InputBlock;
        int inputs = Math.Min(InputBlock, _layout.Inputs - firstInput);
        int width = _layout.Width(panel);
        nint dyStride = _layout.PaddedOutputs;
        float* dy = _dy + panel * PanelLayout.FullWidth;
        float* gradient = _gradient + _layout.Offset(panel) + (nint)firstInput * width;

        // X is read down its columns: its rows are the steps of the reduction, and its columns the rows of the result.
        Reduce(_x + firstInput, 1, _xStride, dy, dyStride, gradient, inputs, width);
        if (firstInput > 0) return;
        float one = 1;
        Reduce(&one, 0, 0, dy, dyStride, gradient + (nint)_layout.Inputs * width, 1, width);
    }

    private void Reduce(float* x, nint xColumn, nint xRow, float* dy, nint dyStride, float* gradient, int inputs, int width)
    {
        float* zeros = stackalloc float[PanelLayout.FullWidth];
        new Span<float>(zeros, PanelLayout.FullWidth).Clear();
        BlockProduct<TSimd, V>.Run(x, xColumn, xRow, dy, dyStride, zeros, 0, gradient, width, inputs, width, Math.Min(MatrixProducts.DepthBlock, _rows));
        for (int row = MatrixProducts.DepthBlock; row < _rows; row += MatrixProducts.DepthBlock)
        {
            int depth = Math.Min(MatrixProducts.DepthBlock, _rows - row);
            BlockProduct<TSimd, V>.Run(
                x + row * xRow, xColumn, xRow, dy + row * dyStride, dyStride, gradient, width, gradient, width, inputs, width, depth);
        }
    }
}
