using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads the rows of a data view once: into memory, or, where they take too much of it, only to check and count them, and they are read anew whenever they
/// are trained on. Rows of weight 0 and rows without a label are left out, the latter with a warning.
/// </summary>
/// <param name="host">Where errors come from.</param>
/// <param name="channel">Where warnings go.</param>
/// <param name="createTargetReader">Makes readers of the label.</param>
/// <param name="acceptsMissing">Whether a feature may be missing, NaN.</param>
/// <param name="dense">Whether the features must be kept dense, however few are other than zero.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class ExampleReader(
    IHost host, IChannel channel, Func<RoleMappedSchema, TargetReader> createTargetReader, bool acceptsMissing, bool dense, CancellationToken cancellation)
{
    /// <summary>Of the memory for streaming, a quarter each is for the rows trained on, those being read, and those held out.</summary>
    private const int Parts = 4;

    /// <summary>
    /// A pool may take so much, however little the budget is: rows that only ever meet the few around them in the data are learned from badly.
    /// </summary>
    private const long SmallestPool = 1L << 22;

    /// <summary>Pools beyond this size shuffle no better, and their sparse rows must fit an array.</summary>
    private const long LargestPool = 1L << 32;

    private Action? _reportOrder;

    /// <summary>Whether all rows that were read last have the same features.</summary>
    public bool FeaturesAreAllEqual { get; private set; }

    /// <summary>Warns where the rows that were read last are to be trained on, but only some of them at a time, in an order that harms it.</summary>
    public void ReportOrder() => _reportOrder?.Invoke();

    /// <summary>Reads all rows.</summary>
    /// <param name="name">What the rows are, for messages: training data or validation data.</param>
    /// <param name="data">The rows.</param>
    /// <param name="targetReader">Reads their labels, this first time.</param>
    /// <param name="memory">The memory for the rows, in bytes.</param>
    public ExampleSource Read(string name, RoleMappedData data, TargetReader targetReader, long memory)
    {
        using ExampleCursor cursor = new(host, name, data, targetReader, acceptsMissing, cancellation);
        FeatureStore features = new(((VectorDataViewType)data.Schema.Feature!.Value.Type).Size, data.Data.GetRowCount(), Array.MaxLength, memory, dense);
        _reportOrder = null;
        LabelOrder order = new(targetReader.TargetsAreClasses);
        List<float> targets = [], weights = [];
        while (cursor.MoveNext())
        {
            features.Append(cursor.Features);
            order.Add(cursor.Targets);
            if (!features.Fits)
                continue;
            targets.AddRange(cursor.Targets);
            if (cursor.HasWeights)
                weights.Add(cursor.Weight);
        }

        cursor.ReportMissing(channel);
        FeaturesAreAllEqual = cursor.FeaturesAreAllEqual;
        if (features.Rows == 0)
            throw NoRows(name, cursor, targetReader.Column.Name);
        if (cursor.WithoutLabel > 0)
            channel.Warning(MessageSensitivity.Schema, $"{cursor.WithoutLabel} of {cursor.Read} rows of the {name} have no label in column " +
                $"'{targetReader.Column.Name}' and are left out.");
        if (features.Fits)
            return features.ToExamples(targetReader.TargetsAreFeatures ? null : targets.ToArray(), cursor.HasWeights ? weights.ToArray() : null);

        channel.Info(MessageSensitivity.None, $"The {features.Rows} rows of the {name} do not fit in {memory} bytes " +
            $"({nameof(SimpleNnOptionsBase.MemoryBudget)}): they are read anew in each epoch.");
        long pool = Math.Clamp(memory / Parts, SmallestPool, LargestPool);
        if (pool < features.Bytes)
            _reportOrder = () => order.Report(channel, targetReader.Column.Name, (long)((double)pool / features.Bytes * features.Rows));
        ExampleStream stream = new(host, name, data, createTargetReader, acceptsMissing, cancellation);
        return new StreamedExamples(stream, features.IsThin, features.Rows, pool);
    }

    private Exception NoRows(string name, ExampleCursor cursor, string labelColumn) => cursor.Read == 0
        ? host.Except($"The {name} has no rows: check the file name or the filters before the trainer.")
        : cursor.WithoutLabel > 0
            ? host.Except($"No row of the {name} can be used: {cursor.WithoutLabel} of {cursor.Read} have no label in column " +
                $"'{labelColumn}'{(cursor.WithoutLabel < cursor.Read ? ", the others have the weight 0" : "")}. " +
                "A label is missing when it is empty or is not among the values that MapValueToKey was given.")
            : host.Except($"No row of the {name} can be used: all {cursor.Read} have the weight 0.");
}
