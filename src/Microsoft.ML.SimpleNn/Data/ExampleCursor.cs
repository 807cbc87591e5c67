using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads the rows of a data view, one after the other. Rows of weight 0 and rows without a label are passed over; anything else that cannot be learnt from
/// is an error that names the row.
/// </summary>
internal sealed class ExampleCursor : IExampleCursor
{
    private const int RowsBetweenPolls = 1024;
    private readonly IHost _host;
    private readonly string _name;
    private readonly CancellationToken _cancellation;
    private readonly IDataView _view;
    private readonly DataViewSchema.Column[] _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly FeatureReader _featureReader;
    private readonly WeightReader? _weightReader;
    private readonly TargetReader _targetReader;
    private readonly float[] _targets;
    private VBuffer<float> _features;

    /// <summary>Begins to read.</summary>
    /// <param name="host">Where errors come from.</param>
    /// <param name="name">What the rows are, for messages: training data or validation data.</param>
    /// <param name="data">The rows.</param>
    /// <param name="targetReader">Reads their labels.</param>
    /// <param name="acceptsMissing">Whether a feature may be missing, NaN.</param>
    /// <param name="cancellation">Ends the reading with an exception.</param>
    public ExampleCursor(IHost host, string name, RoleMappedData data, TargetReader targetReader, bool acceptsMissing, CancellationToken cancellation)
    {
        _host = host;
        _name = name;
        _cancellation = cancellation;
        _targetReader = targetReader;
        _targets = new float[targetReader.TargetsPerRow];
        DataViewSchema.Column featureColumn = data.Schema.Feature!.Value;
        _view = data.Data;
        _columns = data.Schema.Weight is { } column ? [featureColumn, targetReader.Column, column] : [featureColumn, targetReader.Column];
        _cursor = _view.GetRowCursor(_columns);
        _featureReader = new(host, name, featureColumn, _cursor, acceptsMissing);
        _weightReader = data.Schema.Weight is { } weights ? new(host, name, weights, _cursor) : null;
        targetReader.Bind(name, _cursor);
    }

    /// <summary>The rows so far, those passed over among them.</summary>
    public long Read { get; private set; }

    /// <summary>The rows so far that had no label.</summary>
    public long WithoutLabel { get; private set; }

    /// <summary>Whether the rows have weights.</summary>
    public bool HasWeights => _weightReader is not null;

    /// <summary>Whether all rows so far have the same features.</summary>
    public bool FeaturesAreAllEqual => _featureReader.AreAllEqual;

    /// <summary>The features of the row as the data gives them, valid until the next.</summary>
    public ref readonly VBuffer<float> Features => ref _features;

    public long Position => Read - 1;

    public float Weight { get; private set; }

    public ReadOnlySpan<float> Targets => _targets;

    public ReadOnlySpan<float> Values => _features.GetValues();

    public ReadOnlySpan<int> Indices => _features.IsDense ? [] : _features.GetIndices();

    public bool MoveNext()
    {
        while (UnreadableRow.MoveNext(_cursor, _view, _columns, Read + 1, _name))
        {
            if (Read++ % RowsBetweenPolls == 0)
                Poll();
            Weight = _weightReader?.Read(Read) ?? 1;
            if (Weight == 0)
                continue;
            if (_targetReader.TryRead(Read, _targets))
            {
                _featureReader.Read(Read, ref _features);
                return true;
            }
            WithoutLabel++;
        }
        return false;
    }

    /// <summary>Says which features were missing so far, and how often.</summary>
    public void ReportMissing(IChannel channel) => _featureReader.ReportMissing(channel);

    public void Dispose() => _cursor.Dispose();

    private void Poll()
    {
        _cancellation.ThrowIfCancellationRequested();
        _host.CheckAlive();
    }
}
