using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The rows of a data view, as often as the engine wants to read them.</summary>
/// <param name="host">Where errors come from.</param>
/// <param name="name">What the rows are, for messages: training data or validation data.</param>
/// <param name="data">The rows.</param>
/// <param name="createTargetReader">Makes a reader of their labels: each reading has its own.</param>
/// <param name="acceptsMissing">Whether a feature may be missing, NaN.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class ExampleStream(
    IHost host, string name, RoleMappedData data, Func<RoleMappedSchema, TargetReader> createTargetReader, bool acceptsMissing, CancellationToken cancellation)
    : IExampleStream
{
    public int FeatureCount { get; } = ((VectorDataViewType)data.Schema.Feature!.Value.Type).Size;

    public int TargetsPerRow { get; } = createTargetReader(data.Schema).TargetsPerRow;

    public IExampleCursor Open() => new ExampleCursor(host, name, data, createTargetReader(data.Schema), acceptsMissing, cancellation);
}
