using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>The rows that one step of training computes on: features, targets and weights.</summary>
public sealed class Minibatch
{
    private readonly int _maximumRows;
    private readonly SparseRows? _sparse;
    private readonly SparseColumns? _columns;
    private bool _columnsAreFilled;

    /// <summary>Allocates room.</summary>
    /// <param name="features">The features of a row.</param>
    /// <param name="targetsPerRow">The target values of a row.</param>
    /// <param name="maximumRows">The most rows.</param>
    /// <param name="takesDense">Whether it is to take rows with all of their features.</param>
    /// <param name="maximumValues">The most values of sparse rows, if it is to take such; else null.</param>
    /// <param name="isShared">Whether several threads read the rows.</param>
    internal Minibatch(int features, int targetsPerRow, int maximumRows, bool takesDense, int? maximumValues, bool isShared)
    {
        _maximumRows = maximumRows;
        if (maximumValues is { } values)
        {
            _sparse = new SparseRows(maximumRows, values);
            _columns = new SparseColumns(maximumRows, values, features);
        }

        FeaturesPerRow = features;
        FeaturesAreShared = isShared && features % Padding.Lanes == 0;
        TargetsPerRow = targetsPerRow;
        Features = new AlignedBuffer(takesDense ? (long)maximumRows * features : 0);
        Targets = new AlignedBuffer((long)maximumRows * targetsPerRow);
        Weights = new AlignedBuffer(maximumRows);
    }

    /// <summary>The rows that are filled.</summary>
    public int Rows { get; private set; }

    /// <summary>The inputs of the network's first layer: the features of a row, and what an <see cref="InputStage"/> adds to them.</summary>
    public int FeaturesPerRow { get; }

    /// <summary>The target values of a row: 1, the class, for softmax cross-entropy; else one for each output.</summary>
    public int TargetsPerRow { get; }

    /// <summary>[rows x features], row-major, when the rows are dense.</summary>
    internal AlignedBuffer Features { get; }

    /// <summary>
    /// Whether several threads read the dense rows, and each row begins and ends with a cache line, so that it can be written past the caches.
    /// </summary>
    internal bool FeaturesAreShared { get; }

    /// <summary>The features when the rows are sparse; null when they are dense.</summary>
    internal SparseRows? Sparse { get; private set; }

    /// <summary>The same by features; null when the rows are dense.</summary>
    internal SparseColumns? Columns
    {
        get
        {
            if (Sparse == null) return null;
            if (!_columnsAreFilled) _columns!.Transpose(Sparse);
            _columnsAreFilled = true;
            return _columns;
        }
    }

    /// <summary>To be called after a change of the values in <see cref="Sparse"/>: <see cref="Columns"/> then takes them over.</summary>
    internal void ValuesChanged() => _columnsAreFilled = false;

    /// <summary>[rows x targets], row-major.</summary>
    internal AlignedBuffer Targets { get; }

    /// <summary>[rows]: how much each row counts; 1 is an ordinary row.</summary>
    internal AlignedBuffer Weights { get; }

    /// <summary>Fills the minibatch.</summary>
    /// <param name="features">[rows x features], row-major; its length decides the rows.</param>
    /// <param name="targets">[rows x targets], row-major; empty when only <see cref="Network.Forward(Workspace)"/> is wanted.</param>
    /// <param name="weights">[rows]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or the workspace's rows.</exception>
    public void Set(ReadOnlySpan<float> features, ReadOnlySpan<float> targets = default, ReadOnlySpan<float> weights = default)
    {
        int rows = features.Length / FeaturesPerRow;
        if (rows == 0 || rows > _maximumRows || features.Length % FeaturesPerRow != 0)
            throw new ArgumentException($"1 to {_maximumRows} rows of {FeaturesPerRow} features were expected, but there are {features.Length} values.",
                nameof(features));
        if (targets.Length != 0 && targets.Length != rows * TargetsPerRow)
            throw new ArgumentException($"{rows} rows of {TargetsPerRow} targets were expected, but there are {targets.Length} values.", nameof(targets));
        if (weights.Length != 0 && weights.Length != rows)
            throw new ArgumentException($"{rows} weights were expected, but there are {weights.Length}.", nameof(weights));

        Resize(rows);
        UseDense();
        features.CopyTo(Features.Span);
        targets.CopyTo(Targets.Span);
        weights.CopyTo(Weights.Span);
        if (weights.Length == 0) Weights.Span[..rows].Fill(1);
    }

    /// <summary>Sets the number of rows; the caller fills them.</summary>
    internal void Resize(int rows) => Rows = rows;

    /// <summary>The rows are dense from now on.</summary>
    internal void UseDense()
    {
        if (Features.Length == 0) throw new InvalidOperationException("The workspace was made for sparse rows.");
        Sparse = null;
    }

    /// <summary>The rows are sparse from now on; the caller fills them.</summary>
    internal SparseRows UseSparse()
    {
        _columnsAreFilled = false;
        return Sparse = _sparse ?? throw new InvalidOperationException("The workspace was made for dense rows.");
    }

    /// <summary>
    /// Makes the features of each row, as the network sees them, its targets, for an autoencoder; what a sparse row has not stored is zero, and a feature
    /// that is missing
    /// is a target that is missing.
    /// </summary>
    internal unsafe void CopyFeaturesToTargets(InputStage? inputs)
    {
        Targets.Span[..(Rows * TargetsPerRow)].Clear();
        for (int row = 0; row < Rows; row++)
        {
            Span<float> targets = Targets.Span.Slice(row * TargetsPerRow, TargetsPerRow);
            if (Sparse is not { } sparse)
            {
                Span<float> features = Features.Span.Slice(row * FeaturesPerRow, FeaturesPerRow);
                features[..TargetsPerRow].CopyTo(targets);
                for (int mark = TargetsPerRow; mark < FeaturesPerRow; mark++) // an autoencoder has no other inputs
                {
                    if (features[mark] != 0) targets[inputs!.Marked(mark - TargetsPerRow)] = float.NaN;
                }

                continue;
            }

            for (int k = sparse.Starts[row]; k < sparse.Starts[row + 1]; k++)
            {
                int feature = sparse.Features[k];
                if (feature < TargetsPerRow) targets[feature] = sparse.Values[k];
                else targets[inputs!.Marked(feature - TargetsPerRow)] = float.NaN;
            }
        }
    }
}
