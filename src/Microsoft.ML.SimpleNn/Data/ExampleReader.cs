using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads the rows of a data view once into memory. Rows of weight 0 and rows without a label are left out, the latter
/// with a warning; anything else that cannot be learnt from is an error that names the row.
/// </summary>
internal sealed class ExampleReader(IHost host, IChannel channel, CancellationToken cancellation)
{
    private const int RowsBetweenPolls = 1024;

    /// <summary>Reads all rows.</summary>
    /// <param name="name">What the rows are, for messages: training data or validation data.</param>
    /// <param name="data">The rows.</param>
    /// <param name="targetReader">Reads their labels.</param>
    public ExampleSet Read(string name, RoleMappedData data, TargetReader targetReader)
    {
        DataViewSchema.Column featureColumn = data.Schema.Feature!.Value;
        DataViewSchema.Column? weightColumn = data.Schema.Weight;
        DataViewSchema.Column[] columns = weightColumn is { } column ? [featureColumn, targetReader.Column, column] : [featureColumn, targetReader.Column];
        using DataViewRowCursor cursor = data.Data.GetRowCursor(columns);
        FeatureReader featureReader = new(host, name, featureColumn, cursor);
        WeightReader? weightReader = weightColumn is { } weights ? new(host, name, weights, cursor) : null;
        targetReader.Bind(name, cursor);

        FeatureStore features = new(host, featureReader.Count, data.Data.GetRowCount(), Array.MaxLength);
        List<float> targets = [], exampleWeights = [];
        float[] target = new float[targetReader.TargetsPerRow];
        long row = 0, withoutLabel = 0;
        while (cursor.MoveNext())
        {
            if (row++ % RowsBetweenPolls == 0)
                Poll();
            float weight = weightReader?.Read(row) ?? 1;
            if (weight == 0)
                continue;
            if (!targetReader.TryRead(row, target))
            {
                withoutLabel++;
                continue;
            }
            features.Append(featureReader.Read(row));
            targets.AddRange(target);
            if (weightReader is not null)
                exampleWeights.Add(weight);
        }

        if (features.Rows == 0)
            throw NoRows(name, row, withoutLabel, targetReader.Column.Name);
        if (withoutLabel > 0)
            channel.Warning(MessageSensitivity.Schema, $"{withoutLabel} of {row} rows of the {name} have no label in column '{targetReader.Column.Name}' and are left out.");
        return features.ToExamples(targetReader.TargetsAreFeatures ? null : targets.ToArray(), weightReader is null ? null : exampleWeights.ToArray());
    }

    private void Poll()
    {
        cancellation.ThrowIfCancellationRequested();
        host.CheckAlive();
    }

    private Exception NoRows(string name, long read, long withoutLabel, string labelColumn) => read == 0
        ? host.Except($"The {name} has no rows: check the file name or the filters before the trainer.")
        : withoutLabel > 0
            ? host.Except($"No row of the {name} can be used: {withoutLabel} of {read} have no label in column '{labelColumn}'{(withoutLabel < read ? ", the others have the weight 0" : "")}. " +
                "A label is missing when it is empty or is not among the values that MapValueToKey was given.")
            : host.Except($"No row of the {name} can be used: all {read} have the weight 0.");
}
