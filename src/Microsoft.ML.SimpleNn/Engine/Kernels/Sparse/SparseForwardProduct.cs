namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Y = activation(X W^T + b) for sparse X: one piece of work is a panel and a block of rows.</summary>
internal readonly unsafe struct SparseForwardProduct<V> : IParallelBody
    where V : struct, IFloats<V>
{
    private const int RowBlock = 16;

    private readonly FeatureWeights _weights;
    private readonly Activation _activation;
    private readonly int* _starts;
    private readonly int* _features;
    private readonly float* _values;
    private readonly int _rows;
    private readonly float* _u;
    private readonly float* _y;

    private SparseForwardProduct(FeatureWeights weights, Activation activation, int* starts, int* features, float* values, int rows, float* u, float* y)
    {
        _weights = weights;
        _activation = activation;
        _starts = starts;
        _features = features;
        _values = values;
        _rows = rows;
        _u = u;
        _y = y;
    }

    /// <inheritdoc cref="SparseProducts.Forward"/>
    public static void Run(
        FeatureWeights weights, Activation activation, int* starts, int* features, float* values, int rows, float* u, float* y, ThreadTeam? team)
    {
        var product = new SparseForwardProduct<V>(weights, activation, starts, features, values, rows, u, y);
        int rowBlocks = (rows + RowBlock - 1) / RowBlock;
        ThreadTeam.For(team, rowBlocks * weights.Layout.Count, (long)starts[rows] * weights.Layout.PaddedOutputs, product);
    }

    /// <summary>Computes the outputs of one panel for one block of rows.</summary>
    public void Run(int index)
    {
        PanelLayout layout = _weights.Layout;
        int panel = index % layout.Count;
        int firstRow = index / layout.Count * RowBlock;
        int rows = Math.Min(RowBlock, _rows - firstRow);
        int width = layout.Width(panel);
        nint yStride = layout.PaddedOutputs, stride = _weights.Stride(panel);
        float* weights = _weights.First(panel);
        float* biases = _weights.Biases(panel);
        nint block = firstRow * yStride + panel * PanelLayout.FullWidth;
        for (int row = 0; row < rows; row++)
        {
            int first = _starts[firstRow + row];
            SparseCombination<V>.Run(
                _features + first, _values + first, _starts[firstRow + row + 1] - first, weights, stride, biases, _y + block + row * yStride, width);
        }

        ActivationKernels<V>.Forward(_activation, _u == null ? null : _u + block, _y + block, yStride, rows, width);
    }
}
