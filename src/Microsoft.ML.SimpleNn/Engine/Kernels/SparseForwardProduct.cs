namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = activation(X W^T + b) for sparse X: one piece of work is a panel and a block of rows.</summary>
internal readonly unsafe struct SparseForwardProduct<TSimd, V> : IParallelBody
    where TSimd : struct, ISimd<V>
    where V : struct
{
    private const int RowBlock = 16;

    private readonly PanelLayout _layout;
    private readonly Activation _activation;
    private readonly float* _parameters;
    private readonly int* _starts;
    private readonly int* _features;
    private readonly float* _values;
    private readonly int _rows;
    private readonly float* _u;
    private readonly float* _y;

    private SparseForwardProduct(PanelLayout layout, Activation activation, float* parameters, int* starts, int* features, float* values, int rows, float* u, float* y)
    {
        _layout = layout;
        _activation = activation;
        _parameters = parameters;
        _starts = starts;
        _features = features;
        _values = values;
        _rows = rows;
        _u = u;
        _y = y;
    }

    /// <inheritdoc cref="SparseProducts.Forward"/>
    public static void Run(
        PanelLayout layout, Activation activation, float* parameters, int* starts, int* features, float* values, int rows, float* u, float* y, ThreadTeam? team)
    {
        var product = new SparseForwardProduct<TSimd, V>(layout, activation, parameters, starts, features, values, rows, u, y);
        int rowBlocks = (rows + RowBlock - 1) / RowBlock;
        ThreadTeam.For(team, rowBlocks * layout.Count, (long)starts[rows] * layout.PaddedOutputs, product);
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        int panel = index % _layout.Count;
        int firstRow = index / _layout.Count * RowBlock;
        int rows = Math.Min(RowBlock, _rows - firstRow);
        int width = _layout.Width(panel);
        nint yStride = _layout.PaddedOutputs;
        float* weights = _parameters + _layout.Offset(panel);
        float* biases = weights + (nint)_layout.Inputs * width;
        nint block = firstRow * yStride + panel * PanelLayout.FullWidth;
        for (int row = 0; row < rows; row++)
        {
            int first = _starts[firstRow + row];
            SparseCombination<TSimd, V>.Run(
                _features + first, _values + first, _starts[firstRow + row + 1] - first, weights, width, biases, _y + block + row * yStride, width);
        }

        ActivationKernels<TSimd, V>.Forward(_activation, _u == null ? null : _u + block, _y + block, yStride, rows, width);
    }
}
