using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dW = dY^T X for the features that occur in sparse X, and db as the gradient of the feature that is 1 in every row: one piece of work is a
/// block of them. What becomes of a feature's gradient is the target's business.
/// </summary>
internal readonly unsafe struct SparseWeightGradientProduct<V, TTarget> : IParallelBody
    where V : struct, IFloats<V>
    where TTarget : unmanaged, IGradientTarget
{
    private const int FeatureBlock = 64;

    /// <summary>Outputs in a tile, whose 4 KB stay in the first-level cache: whole panels; of layers up to this wide, all outputs.</summary>
    private const int OutputBlock = 21 * PanelLayout.FullWidth;

    private readonly PanelLayout _layout;
    private readonly int* _starts;
    private readonly int* _rows;
    private readonly float* _values;
    private readonly int _count;
    private readonly float* _dy;
    private readonly TTarget _target;

    private SparseWeightGradientProduct(PanelLayout layout, SparseColumns x, float* dy, TTarget target)
    {
        _layout = layout;
        _starts = x.Starts;
        _rows = x.Rows;
        _values = x.Values;
        _count = x.Count;
        _dy = dy;
        _target = target;
    }

    /// <inheritdoc cref="SparseProducts.WeightGradient"/>
    public static void Run(PanelLayout layout, SparseColumns x, float* dy, TTarget target, ThreadTeam? team)
    {
        var product = new SparseWeightGradientProduct<V, TTarget>(layout, x, dy, target);
        long operations = (x.ValueCount + UpdateKernel.OperationsPerWeight * x.Count) * layout.PaddedOutputs;
        ThreadTeam.For(team, (x.Count + FeatureBlock - 1) / FeatureBlock, operations, product);
    }

    /// <summary>Computes the gradient of a block of features.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        float* scratch = stackalloc float[PanelLayout.FullWidth + OutputBlock + Padding.Lanes];
        float* zeros = (float*)(((nint)scratch + 63) & ~63), tile = zeros + PanelLayout.FullWidth;
        new Span<float>(zeros, PanelLayout.FullWidth).Clear();
        int end = Math.Min(_count, (index + 1) * FeatureBlock), outputs = _layout.PaddedOutputs;
        for (int i = index * FeatureBlock; i < end; i++)
        {
            for (int output = 0; output < outputs; output += OutputBlock) Reduce(i, output, Math.Min(OutputBlock, outputs - output), zeros, tile);
        }
    }

    /// <summary>The gradient of one tile: of the weights from a feature to some outputs.</summary>
    private void Reduce(int i, int firstOutput, int outputs, float* zeros, float* scratch)
    {
        int first = i * _layout.PaddedOutputs + firstOutput, firstValue = _starts[i], values = _starts[i + 1] - firstValue;
        var terms = new Terms(_rows + firstValue, _values + firstValue, values);
        float* gradient = _target.Place(first, outputs, scratch);
        for (int column = 0; column < outputs; column += PanelLayout.FullWidth)
        {
            SparseCombination<V>.Run(
                terms, _dy + firstOutput + column, _layout.PaddedOutputs, zeros, gradient + column, Math.Min(PanelLayout.FullWidth, outputs - column));
        }

        _target.Take<V>(first, outputs, gradient, isShared: false);
    }
}
