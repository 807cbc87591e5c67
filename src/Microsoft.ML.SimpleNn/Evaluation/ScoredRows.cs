using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The labels, scores and weights of a data view, slot by slot, for the evaluators. Rows of weight 0 are left out.</summary>
internal sealed class ScoredRows
{
    private const string Data = "data to evaluate";
    private readonly string _labelColumn;

    private ScoredRows(string labelColumn, int slots)
    {
        _labelColumn = labelColumn;
        (Labels, Scores) = (new List<float>[slots], new List<float>[slots]);
        for (int slot = 0; slot < slots; slot++) (Labels[slot], Scores[slot]) = ([], []);
    }

    /// <summary>The labels [slots][rows]; NaN where missing. Of Booleans, true is 1. A label of one number is the label of all slots.</summary>
    public List<float>[] Labels { get; }

    /// <summary>The scores [slots][rows].</summary>
    public List<float>[] Scores { get; }

    /// <summary>The weights [rows], above 0.</summary>
    public List<float> Weights { get; } = [];

    /// <summary>Reads the columns.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, a score is NaN, a weight is negative, or there is no row.</exception>
    public static ScoredRows Read(IDataView data, DataViewSchema.Column label, DataViewSchema.Column score, string? weightColumnName)
    {
        DataViewSchema.Column? weight = weightColumnName is null ? null : Find(data, weightColumnName, "weight");
        if (weight is { } column && column.Type != NumberDataViewType.Single)
            throw new ArgumentException($"Weight column '{column.Name}' is {column.Type}, but must be Single: make it one with " +
                $"{ColumnKinds.ToSingle(column.Name)}.");
        DataViewSchema.Column[] columns = weight is { } asked ? [label, score, asked] : [label, score];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        Action<long, float[]> getLabels = ItemType(label) == BooleanDataViewType.Instance
            ? Getter<bool>(cursor, "Label", label, value => value ? 1 : 0)
            : Getter<float>(cursor, "Label", label, value => value);
        Action<long, float[]> getScores = Getter<float>(cursor, "Score", score, value => value);
        Action<long, float[]>? getWeight = weight is { } known ? Getter<float>(cursor, "Weight", known, value => value) : null;

        int slots = Slots(score);
        var rows = new ScoredRows(label.Name, slots);
        float[] labels = new float[Slots(label)], scores = new float[slots], weights = [1];
        for (long row = 1; UnreadableRow.MoveNext(cursor, data, columns, row, Data); row++)
        {
            getWeight?.Invoke(row, weights);
            if (!(weights[0] >= 0 && float.IsFinite(weights[0])))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Weight column '{weightColumnName}' has {weights[0]} in row {row} of the {Data} (counted from 1): ") +
                    "a weight is a finite number, 0 or more.");
            if (weights[0] == 0)
                continue;
            getLabels(row, labels);
            getScores(row, scores);
            rows.Weights.Add(weights[0]);
            for (int slot = 0; slot < slots; slot++)
            {
                float labelOfSlot = labels[labels.Length == 1 ? 0 : slot];
                if (float.IsNaN(scores[slot]) && !float.IsNaN(labelOfSlot))
                    throw new ArgumentException($"Score column '{score.Name}' has NaN in row {row} of the {Data} (counted from 1), slot {slot}, because a " +
                        $"feature of the row is missing or infinite, or because the model was trained without any label of the slot: fill it before the " +
                        $"model, or leave such rows out.");
                rows.Labels[slot].Add(labelOfSlot);
                rows.Scores[slot].Add(scores[slot]);
            }
        }

        if (rows.Weights.Count == 0) throw new ArgumentException("There are no rows to evaluate: check the file name, the filters or the weights.");
        return rows;
    }

    /// <summary>The rows where the label of a slot is known.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ScoredSlot[] Known(int slot)
    {
        ScoredSlot[] known = [.. Enumerable.Range(0, Weights.Count).Where(row => !float.IsNaN(Labels[slot][row]))
            .Select(row => new ScoredSlot(Labels[slot][row], Scores[slot][row], Weights[row]))];
        if (known.Length == 0) throw new ArgumentException($"Slot {slot} of label column '{_labelColumn}' is missing in all rows, so nothing can be said of " +
            $"it: leave the slot out.");
        return known;
    }

    /// <summary>The column of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DataViewSchema.Column Find(IDataView data, string name, string role) => data.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"There is no {role} column '{name}' in the data, which has " +
            $"{string.Join(", ", data.Schema.Select(column => $"'{column.Name}'"))}.");

    /// <summary>The type of a column's values, or of the slots of a vector.</summary>
    public static DataViewType ItemType(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;

    /// <summary>The number of slots, 1 of a single value and 0 where it is not known.</summary>
    public static int Slots(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;

    private static Action<long, float[]> Getter<T>(DataViewRow cursor, string role, DataViewSchema.Column column, Func<T, float> convert)
    {
        if (column.Type is not VectorDataViewType)
        {
            var reader = new ColumnReader<T>(Data, column, cursor);
            T one = default!;
            return (row, values) =>
            {
                reader.Read(row, ref one);
                values[0] = convert(one);
            };
        }

        var vectors = new VectorReader<T>(message => new ArgumentException(message), $"{role} column", Data, column, cursor);
        VBuffer<T> all = default;
        return (row, values) =>
        {
            vectors.Read(row, ref all);
            Array.Clear(values);
            foreach (KeyValuePair<int, T> item in all.Items()) values[item.Key] = convert(item.Value);
        };
    }
}
