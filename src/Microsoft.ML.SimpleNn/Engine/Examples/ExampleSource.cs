namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Rows of features, targets and weights that training visits epoch by epoch: kept in memory (<see cref="ExampleSet"/>), or read anew each time where they
/// are too many for that.
/// </summary>
public abstract class ExampleSource
{
    private protected ExampleSource(int featureCount, int targetsPerRow)
    {
        FeatureCount = featureCount;
        TargetsPerRow = targetsPerRow;
    }

    /// <summary>The rows of an epoch.</summary>
    public abstract long RowCount { get; }

    /// <summary>The features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>The target values of a row.</summary>
    public int TargetsPerRow { get; }

    /// <summary>
    /// Whether each row's features, standardised as the network sees them, are its targets: the network is an autoencoder, which learns to give
    /// back what it is given. They are copied within the minibatch, so nothing is stored twice.
    /// </summary>
    internal abstract bool TargetsAreFeatures { get; }

    /// <summary>Whether only the features that are not zero are stored.</summary>
    internal abstract bool IsSparse { get; }

    /// <summary>The most values that a minibatch of so many rows can have stored, where the rows are sparse.</summary>
    internal abstract long LargestMinibatch(int rows);

    /// <summary>The rows whose weight is above 0: training on those gives the same as if the others had never been there, down to the bit.</summary>
    internal abstract ExampleSource WithoutWeightless();

    /// <summary>Adds up each feature's weighted sums, about an origin near its mean, over the rows.</summary>
    /// <param name="threads">The threads to compute with, 1 or more; the sums are the same bits for any number.</param>
    internal abstract ColumnStatistics Measure(int threads);

    /// <summary>Adds up each target's weighted sums over the rows; targets that are NaN are left out.</summary>
    internal abstract TargetStatistics MeasureTargets();

    /// <summary>The sum of the weights of each class's rows, where the targets are classes.</summary>
    /// <param name="classes">The number of classes.</param>
    internal abstract double[] WeightOfClasses(int classes);

    /// <summary>Divides the rows in two, at random.</summary>
    /// <param name="fraction">The fraction of the rows in the second part, which is taken from all rows alike: classes have about that fraction each.</param>
    /// <param name="seed">Decides which rows.</param>
    /// <param name="byClass">Whether the targets are classes, of which none may lose most of its rows, as a rare one could by chance.</param>
    internal abstract (ExampleSource First, ExampleSource Second) Split(double fraction, int seed, bool byClass = false);

    /// <summary>The same rows, their weights multiplied by a factor for their class, without those whose weight is 0 then.</summary>
    /// <param name="factors">The factor of each class, 0 or more; the targets are classes.</param>
    internal abstract ExampleSource WithClassFactors(float[] factors);

    /// <summary>A hash of all rows in their order: features, targets and weights.</summary>
    internal abstract ulong Hash();

    /// <summary>The rows; where they are not in memory, some of them, about as many as take no more than a pool.</summary>
    /// <param name="seed">Decides which rows.</param>
    internal abstract ExampleSet Sample(int seed);

    /// <summary>Allocates a workspace with room for minibatches of these rows, dense or sparse.</summary>
    /// <param name="network">The network it is for.</param>
    /// <param name="maximumRows">The most rows a minibatch has, 1 or more.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    /// <param name="validation">Other rows, which only go forward; null for none.</param>
    internal Workspace CreateWorkspace(Network network, int maximumRows, int threads, ExampleSource? validation = null)
    {
        int? values = IsSparse || validation is { IsSparse: true } ? MaximumValues(network, maximumRows, validation) : null;
        return new Workspace(network, maximumRows, threads, new MinibatchRoom(TargetsPerRow, TakesDense: !IsSparse || validation is { IsSparse: false },
            values, SparseGradients: IsSparse));
    }

    /// <summary>The rows as minibatches, for as many epochs as wanted.</summary>
    /// <param name="batchSize">The rows of a minibatch; the last of an epoch is what is left over.</param>
    /// <param name="inputs">Makes inputs of the features; null leaves them.</param>
    /// <param name="targetScaling">Standardises the targets; null leaves them.</param>
    /// <param name="order">Decides the order of the rows, anew for each epoch; null for the order in which they lie.</param>
    /// <param name="images">Distorts the rows, which are dense images, anew in each epoch; null leaves them.</param>
    internal abstract Minibatches Minibatches(int batchSize, InputStage? inputs, TargetScaling? targetScaling, RandomSource? order,
        DistortedImages? images = null);

    private int MaximumValues(Network network, int rows, ExampleSource? validation)
    {
        long extra = (long)rows * (network.InputStage?.LargestExtra ?? 0);
        long values = Math.Max(1, Math.Max(LargestMinibatch(rows), validation?.LargestMinibatch(rows) ?? 0) + extra);
        if (values > Kernels.AlignedBuffer.MaximumLength - rows)
            throw new ArgumentOutOfRangeException(nameof(rows), rows,
                $"A minibatch of {rows} rows, with up to {values} values other than zero, is larger than an array can be: take fewer rows.");
        return (int)values;
    }
}
