namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Rows that are read anew in each epoch, because there are too many to keep them. A pool of them is in memory at a time, whatever their number.
/// </summary>
internal sealed class StreamedExamples : ExampleSource
{
    /// <summary>A sample may take so much, however small a pool is: features are judged by it.</summary>
    private const double SampleBytes = 1 << 22;

    /// <summary>What rows that are read anew must be, and what to do where they are not.</summary>
    internal const string SameEachTime = "Data that is read anew in each epoch must be the same each time: " +
        "take what makes it differ, such as a shuffle or a sample, out of the pipeline, or save the rows to a file and train from that.";

    private readonly IExampleStream _stream;
    private readonly long? _rows;
    private readonly long _poolBytes;
    private ExampleMeasures? _measures;

    /// <summary>Takes hold of the stream.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="sparse">Whether the rows are to be kept, and trained on, in sparse form.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="poolBytes">About how much memory a pool may take; it has one minibatch in any case. Two pools are in use at a time.</param>
    public StreamedExamples(IExampleStream stream, bool sparse, long rows, long poolBytes)
        : this(stream, sparse, (long?)rows, poolBytes)
    {
    }

    private StreamedExamples(IExampleStream stream, bool sparse, long? rows, long poolBytes)
        : base(stream.FeatureCount, stream.TargetsPerRow == 0 ? stream.FeatureCount : stream.TargetsPerRow)
    {
        _stream = stream;
        _rows = rows;
        _poolBytes = poolBytes;
        IsSparse = sparse;
    }

    public override long RowCount => _measures?.Rows ?? _rows ?? Measures.Rows;

    internal override bool TargetsAreFeatures => _stream.TargetsPerRow == 0;

    internal override bool IsSparse { get; }

    /// <summary>The mean of the rows' weights, by which minibatches divide each weight.</summary>
    internal double MeanWeight => Measures.MeanWeight;

    /// <summary>Which rows of the stream these are: those that are selected, or the others; null for all.</summary>
    private (RowSelection Rows, bool IsSelected)? Part { get; init; }

    /// <summary>What the weights of each class are multiplied by; null for nothing.</summary>
    private float[]? ClassFactors { get; init; }

    private double BytesOfRow => sizeof(float) * ((IsSparse ? 2.0 * Measures.Values / RowCount + 2 : FeatureCount) + _stream.TargetsPerRow + 1);

    private ExampleMeasures Measures => _measures ??= MeasureAll();

    internal override long LargestMinibatch(int rows) => Math.Min((long)rows * Measures.LongestRow, Measures.Values);

    /// <summary>Rows of weight 0 are passed over when they are read.</summary>
    internal override ExampleSource WithoutWeightless() => this;

    internal override ColumnStatistics Measure(int threads) => Measures.Features;

    internal override TargetStatistics MeasureTargets() => Measures.Targets;

    internal override double[] WeightOfClasses(int classes)
    {
        double[] sums = new double[classes];
        using IExampleCursor cursor = Open();
        while (MoveNext(cursor, out float weight)) sums[(int)cursor.Targets[0]] += weight;
        return sums;
    }

    internal override ulong Hash() => Measures.Hash;

    internal override Minibatches Minibatches(int batchSize, InputStage? inputs, TargetScaling? targetScaling, RandomSource? order,
        DistortedImages? images = null) =>
        new StreamedMinibatches(this, batchSize, inputs, targetScaling, order, images);

    /// <summary>Rows whose factor is 0 are passed over.</summary>
    internal override ExampleSource WithClassFactors(float[] factors) =>
        new StreamedExamples(_stream, IsSparse, factors.Contains(0) ? null : _rows, _poolBytes) { Part = Part, ClassFactors = factors };

    /// <summary>
    /// Divides the rows in two, in one pass in which the first part is measured. The second part is kept in memory where it takes no more than a pool, and
    /// is read anew each time like the first where it takes more.
    /// </summary>
    internal override (ExampleSource First, ExampleSource Second) Split(double fraction, int seed, bool byClass = false)
    {
        var selection = new RowSelection(new RandomSource(seed, RandomStream.Validation).NextBits(), fraction);
        StreamedExamples first = PartOf(selection, isSelected: false), second = PartOf(selection, isSelected: true);
        ExampleMeasures firstMeasures = CreateMeasures(), secondMeasures = CreateMeasures();
        RowBlock? kept = CreateBlock(rows: 0);
        ClassQuota? quota = byClass ? new(fraction) : null;
        using IExampleCursor cursor = Open();
        while (MoveNext(cursor, out float weight))
        {
            bool isSelected = selection.Contains(cursor.Position);
            if (quota?.Gives((int)cursor.Targets[0], isSelected) == false && isSelected)
            {
                selection.Exempt(cursor.Position);
                isSelected = false;
            }

            if (!isSelected)
            {
                firstMeasures.Add(cursor, weight);
                continue;
            }

            secondMeasures.Add(cursor, weight);
            kept?.Add(cursor, weight);
            if (kept?.Bytes > _poolBytes) kept = null;
        }

        (first._measures, second._measures) = (firstMeasures, secondMeasures);
        return (first, kept?.ToExamples(secondMeasures.MeanWeight) ?? (ExampleSource)second);
    }

    internal override ExampleSet Sample(int seed)
    {
        double fraction = Math.Min(1, Math.Max(_poolBytes, SampleBytes) / (BytesOfRow * RowCount));
        var selection = new RowSelection(new RandomSource(seed, RandomStream.Sample).NextBits(), fraction);
        RowBlock block = CreateBlock(rows: 0);
        using IExampleCursor cursor = Open();
        while (MoveNext(cursor, out float weight))
            if (selection.Contains(cursor.Position)) block.Add(cursor, weight);
        return block.ToExamples(MeanWeight);
    }

    /// <summary>Begins to read all rows; <see cref="MoveNext"/> takes those of this source.</summary>
    internal IExampleCursor Open() => _stream.Open();

    /// <summary>Moves to the next row of this source.</summary>
    internal bool MoveNext(IExampleCursor cursor, out float weight)
    {
        while (cursor.MoveNext())
        {
            weight = ClassFactors == null ? cursor.Weight : cursor.Weight * ClassFactors[(int)cursor.Targets[0]];
            if (weight > 0 && (Part is not { } part || part.Rows.Contains(cursor.Position) == part.IsSelected)) return true;
        }

        weight = 0;
        return false;
    }

    /// <summary>The rows of a pool: whole minibatches.</summary>
    internal int PoolRows(int batchSize)
    {
        long rows = Math.Min((long)(_poolBytes / BytesOfRow), Array.MaxLength / Math.Max(1, Math.Max(IsSparse ? 1 : FeatureCount, _stream.TargetsPerRow)));
        long batches = Math.Clamp(rows / batchSize, 1, (RowCount + batchSize - 1) / batchSize);
        return (int)(batches * batchSize);
    }

    /// <summary>Room for rows of this source.</summary>
    internal RowBlock CreateBlock(int rows) => new(FeatureCount, _stream.TargetsPerRow, IsSparse, rows);

    /// <summary>Throws when a pass did not have the rows that were measured.</summary>
    /// <param name="rows">The number of the pass's rows.</param>
    /// <param name="hash">The hash of the pass's rows.</param>
    internal void CheckSame(long rows, ulong hash)
    {
        if (rows != RowCount)
            throw new InvalidOperationException($"The data gave {RowCount} rows when they were measured, and {rows} in an epoch. {SameEachTime}");
        if (hash != Measures.Hash)
            throw new InvalidOperationException(
                $"The data gave {RowCount} rows when they were measured, and as many in an epoch, but their values, labels, weights or order were others. " +
                SameEachTime);
    }

    private StreamedExamples PartOf(RowSelection selection, bool isSelected) =>
        new(_stream, IsSparse, rows: null, _poolBytes) { Part = (selection, isSelected), ClassFactors = ClassFactors };

    private ExampleMeasures CreateMeasures() => new(FeatureCount, _stream.TargetsPerRow, IsSparse);

    private ExampleMeasures MeasureAll()
    {
        ExampleMeasures measures = CreateMeasures();
        using IExampleCursor cursor = Open();
        while (MoveNext(cursor, out float weight)) measures.Add(cursor, weight);
        return measures;
    }
}
