using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A <see cref="Blob"/> with a label for each task, and of labels and features a second set.</summary>
public sealed class TaskRow
{
    [KeyType(3)]
    public uint Class { get; set; }

    [KeyType(3)]
    public uint Class2 { get; set; }

    public bool Flag { get; set; }

    public bool Flag2 { get; set; }

    public float Number { get; set; }

    public float Number2 { get; set; }

    [VectorType(Blob.FeatureCount)]
    public float[] Features { get; set; } = [];

    [VectorType(Blob.FeatureCount)]
    public float[] Features2 { get; set; } = [];

    public float Weight { get; set; }

    /// <summary>Rows whose features hardly tell the label; always the same for a seed. Weights are 1 and 2 in turn.</summary>
    public static List<TaskRow> Rows(int rows, int seed = 1) => [.. Blob.Rows(rows, distance: 0.5f, seed).Select((row, i) => new TaskRow
    {
        Class = (uint)(i % 3),
        Class2 = (uint)(i * i % 3),
        Flag = i % 3 == 0,
        Flag2 = i % 2 == 0,
        Number = 3 * row.Features[0] - row.Features[1] + i % 5,
        Number2 = row.Features[2] + i % 7,
        Features = row.Features,
        Features2 = Array.ConvertAll(row.Features, value => 1 / (1 + value * value)),
        Weight = 1 + i % 2,
    })];

    /// <summary>The rows as data whose second set of features has the names F0, F1 and so on.</summary>
    public static IDataView Load(MLContext ml, IEnumerable<TaskRow> rows)
    {
        var schema = SchemaDefinition.Create(typeof(TaskRow));
        ReadOnlyMemory<char>[] names = [.. Enumerable.Range(0, Blob.FeatureCount).Select(i => $"F{i}".AsMemory())];
        schema[nameof(Features2)].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, names), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
