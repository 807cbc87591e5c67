namespace Microsoft.ML.SimpleNn;

/// <summary>What a pass over rows finds out about them, so that they need not be read again for it.</summary>
/// <param name="featureCount">The features of a row.</param>
/// <param name="targetsPerRow">The targets of a row; 0 where the features are the targets.</param>
/// <param name="sparse">Whether the rows are stored sparsely.</param>
internal sealed class ExampleMeasures(int featureCount, int targetsPerRow, bool sparse)
{
    private readonly DenseStatisticsBuilder? _dense = sparse ? null : new(featureCount);
    private readonly SparseStatisticsBuilder? _sparse = sparse ? new(featureCount) : null;
    private readonly TargetStatisticsBuilder _targets = new(targetsPerRow);
    private readonly float[] _row = new float[sparse ? 0 : featureCount];
    private DataHash _hash;
    private double _weight;

    /// <summary>The rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The values that the rows store, zeros included where they are given.</summary>
    public long Values { get; private set; }

    /// <summary>The most values of a row.</summary>
    public int LongestRow { get; private set; }

    /// <summary>The mean weight of the rows; 1 where there are none.</summary>
    public double MeanWeight => Rows == 0 ? 1 : _weight / Rows;

    /// <summary>The hash of the rows in their order, by which another pass is known to give the same.</summary>
    public ulong Hash => _hash.Value;

    /// <summary>Adds the row where a cursor stands.</summary>
    public void Add(IExampleCursor row, float weight)
    {
        ReadOnlySpan<float> values = row.Values;
        ReadOnlySpan<int> indices = row.Indices;
        Rows++;
        Values += values.Length;
        LongestRow = Math.Max(LongestRow, values.Length);
        _weight += weight;
        _targets.Add(row.Targets, weight);
        _hash.Add(row, weight);
        _sparse?.Add(values, indices, weight);
        if (_dense == null) return;
        if (values.Length < featureCount)
        {
            _row.AsSpan().Clear();
            for (int i = 0; i < values.Length; i++) _row[indices[i]] = values[i];
            values = _row;
        }

        _dense.Add(values, weight);
    }

    /// <summary>The statistics of the features.</summary>
    public ColumnStatistics Features => _dense?.Build() ?? _sparse!.Build();

    /// <summary>The statistics of the targets.</summary>
    public TargetStatistics Targets => _targets.Build();
}
