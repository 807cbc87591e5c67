using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The labels and scores of a data view, slot by slot, for the evaluators.</summary>
internal sealed class ScoredRows
{
    private ScoredRows(int slots)
    {
        (Labels, Scores, Names) = (new List<float>[slots], new List<float>[slots], new string?[slots]);
        for (int slot = 0; slot < slots; slot++) (Labels[slot], Scores[slot]) = ([], []);
    }

    /// <summary>The labels [slots][rows]; NaN where missing. Of Booleans, true is 1.</summary>
    public List<float>[] Labels { get; }

    /// <summary>The scores [slots][rows].</summary>
    public List<float>[] Scores { get; }

    /// <summary>The slot names of the label column.</summary>
    public string?[] Names { get; }

    /// <summary>Reads the columns.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or there is no row.</exception>
    public static ScoredRows Read(IDataView data, string labelColumnName, string scoreColumnName, bool mayBeBoolean)
    {
        DataViewSchema.Column label = Find(data, labelColumnName, "label"), score = Find(data, scoreColumnName, "score");
        bool isBoolean = mayBeBoolean && ItemType(label) == BooleanDataViewType.Instance;
        int slots = Slots(label);
        if (!isBoolean && ItemType(label) != NumberDataViewType.Single)
            throw new ArgumentException($"Label column '{label.Name}' is {label.Type}, but must be Single{(mayBeBoolean ? " or Boolean" : "")}, or a vector of it of known size: make it with mlContext.Transforms.Conversion.ConvertType.");
        if (ItemType(score) != NumberDataViewType.Single || Slots(score) != slots || slots == 0)
            throw new ArgumentException($"Score column '{score.Name}' is {score.Type} and label column '{label.Name}' is {label.Type}: both must have the same known number of slots, the score of Single.");

        var rows = new ScoredRows(slots);
        if (label.HasSlotNames())
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            label.GetSlotNames(ref names);
            for (int slot = 0; slot < slots; slot++) rows.Names[slot] = names.GetItemOrDefault(slot).ToString();
        }

        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        Action<float[]> getLabels = isBoolean ? Getter<bool>(cursor, label, value => value ? 1 : 0) : Getter<float>(cursor, label, value => value);
        Action<float[]> getScores = Getter<float>(cursor, score, value => value);
        float[] labels = new float[slots], scores = new float[slots];
        while (cursor.MoveNext())
        {
            getLabels(labels);
            getScores(scores);
            for (int slot = 0; slot < slots; slot++)
            {
                rows.Labels[slot].Add(labels[slot]);
                rows.Scores[slot].Add(scores[slot]);
            }
        }

        if (rows.Labels[0].Count == 0) throw new ArgumentException("There are no rows to evaluate: check the file name or the filters.");
        return rows;
    }

    private static DataViewSchema.Column Find(IDataView data, string name, string role) => data.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"There is no {role} column '{name}' in the data, which has {string.Join(", ", data.Schema.Select(column => $"'{column.Name}'"))}.");

    private static DataViewType ItemType(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;

    private static int Slots(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;

    private static Action<float[]> Getter<T>(DataViewRow cursor, DataViewSchema.Column column, Func<T, float> convert)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> getOne = cursor.GetGetter<T>(column);
            T one = default!;
            return values =>
            {
                getOne(ref one);
                values[0] = convert(one);
            };
        }

        ValueGetter<VBuffer<T>> getAll = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> all = default;
        return values =>
        {
            getAll(ref all);
            Array.Clear(values);
            foreach (KeyValuePair<int, T> item in all.Items()) values[item.Key] = convert(item.Value);
        };
    }
}
