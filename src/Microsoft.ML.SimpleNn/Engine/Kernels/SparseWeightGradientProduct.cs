namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dW = dY^T X for the features that occur in sparse X, and db as the gradient of the feature that is 1 in every row: one piece of work is a
/// block of them.
/// </summary>
internal readonly unsafe struct SparseWeightGradientProduct<TSimd, V> : IParallelBody
    where TSimd : struct, ISimd<V>
    where V : struct
{
    private const int FeatureBlock = 64;

    private readonly PanelLayout _layout;
    private readonly int* _starts;
    private readonly int* _rows;
    private readonly float* _values;
    private readonly int _count;
    private readonly float* _dy;
    private readonly float* _gradient;

    private SparseWeightGradientProduct(PanelLayout layout, SparseColumns x, float* dy, float* gradient)
    {
        _layout = layout;
        _starts = x.Starts;
        _rows = x.Rows;
        _values = x.Values;
        _count = x.Count;
        _dy = dy;
        _gradient = gradient;
    }

    /// <inheritdoc cref="SparseProducts.WeightGradient"/>
    public static void Run(PanelLayout layout, SparseColumns x, float* dy, float* gradient, ThreadTeam? team)
    {
        var product = new SparseWeightGradientProduct<TSimd, V>(layout, x, dy, gradient);
        ThreadTeam.For(team, (x.Count + FeatureBlock - 1) / FeatureBlock, (long)x.ValueCount * layout.PaddedOutputs, product);
    }

    /// <summary>Computes the gradient of a block of features.</summary>
    public void Run(int index)
    {
        float* zeros = stackalloc float[PanelLayout.FullWidth];
        new Span<float>(zeros, PanelLayout.FullWidth).Clear();
        int end = Math.Min(_count, (index + 1) * FeatureBlock);
        for (int i = index * FeatureBlock; i < end; i++)
        {
            int first = _starts[i];
            float* gradient = _gradient + (nint)i * _layout.PaddedOutputs;
            for (int panel = 0; panel < _layout.Count; panel++)
            {
                int column = panel * PanelLayout.FullWidth;
                SparseCombination<TSimd, V>.Run(
                    _rows + first, _values + first, _starts[i + 1] - first, _dy + column, _layout.PaddedOutputs, zeros, gradient + column, _layout.Width(panel));
            }
        }
    }
}
