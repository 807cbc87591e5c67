using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads the feature column, and refuses values that are missing or infinite.</summary>
internal sealed class FeatureReader
{
    private readonly IExceptionContext _context;
    private readonly string _data;
    private readonly DataViewSchema.Column _column;
    private const int ColumnsInMessages = 10;
    private readonly VectorReader<float> _reader;
    private readonly bool _acceptsMissing;
    private readonly SortedDictionary<int, long> _missing = [];
    private long _rowsWithMissing, _missingValues;
    private float[]? _first, _other;

    /// <summary>Prepares to read the rows that a cursor visits.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="data">What the rows are, for messages: training data or validation data.</param>
    /// <param name="column">The feature column.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="acceptsMissing">Whether a feature may be missing, NaN.</param>
    public FeatureReader(IExceptionContext context, string data, DataViewSchema.Column column, DataViewRow cursor, bool acceptsMissing)
    {
        _acceptsMissing = acceptsMissing;
        _context = context;
        _data = data;
        _column = column;
        _reader = new(context.Except, "Feature column", data, column, cursor);
    }

    /// <summary>Whether all rows so far have the same features.</summary>
    public bool AreAllEqual { get; private set; } = true;

    /// <summary>Throws when the data has no column of that name that features can be read from.</summary>
    public static void CheckColumn(IExceptionContext context, SchemaShape schema, string name)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw context.ExceptParam(nameof(schema), $"There is no feature column '{name}' in the data, which has {Columns(schema)}: " +
                $"make it, for example with mlContext.Transforms.Concatenate(\"{name}\", ...), or name another column.");
        if (column.ItemType == NumberDataViewType.Single && column.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw context.ExceptParam(nameof(schema), $"Feature column '{name}' is a vector of unknown size, but a network has a fixed number of features: " +
                $"{FeatureRemedies.For(column)}.");
        if (column.Kind == SchemaShape.Column.VectorKind.Scalar || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw context.ExceptParam(nameof(schema), $"Feature column '{name}' is {column.GetTypeString()}, but must be a vector of Single of known size: " +
                $"{FeatureRemedies.For(column)}.");
    }

    /// <summary>The names of the columns of a data set, for messages.</summary>
    public static string Columns(SchemaShape schema) => string.Join(", ", schema.Select(column => $"'{column.Name}'"));

    /// <summary>Reads the features of the row where the cursor stands.</summary>
    /// <param name="row">The number of the row, for messages.</param>
    /// <param name="features">Takes the features.</param>
    public void Read(long row, ref VBuffer<float> features)
    {
        _reader.Read(row, ref features);
        if (AreAllEqual)
            Compare(in features);
        ReadOnlySpan<float> values = features.GetValues();
        if (FloatSpans.AreFinite(values))
            return;
        long before = _missingValues;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
                continue;
            int slot = features.IsDense ? i : features.GetIndices()[i];
            if (!_acceptsMissing || !float.IsNaN(values[i]))
                throw NotFinite(row, slot, values[i]);
            _missing[slot] = _missing.GetValueOrDefault(slot) + 1;
            _missingValues++;
        }
        if (_missingValues > before)
            _rowsWithMissing++;
    }

    /// <summary>Says which features were missing so far, and how often.</summary>
    public void ReportMissing(IChannel channel)
    {
        if (_missing.Count == 0)
            return;
        string columns = string.Join(", ", _missing.Take(ColumnsInMessages).Select(one => $"slot {one.Key}{SlotName(one.Key)} {one.Value} times"));
        string more = _missing.Count > ColumnsInMessages ? $" and {_missing.Count - ColumnsInMessages} slots more" : "";
        channel.Info(MessageSensitivity.Schema, $"{_rowsWithMissing} rows of the {_data} have missing values (NaN) in feature column '{_column.Name}': " +
            $"{columns}{more}. " +
            $"Each counts as the centre of its column, and an input of its own says that it is missing; {nameof(SimpleNnOptionsBase.MissingFeatures)} can " +
            $"refuse them instead.");
    }

    /// <summary>Compares a row with the first; costs nothing any more once two rows differ.</summary>
    private void Compare(in VBuffer<float> features)
    {
        if (_first is null)
        {
            (_first, _other) = (new float[features.Length], new float[features.Length]);
            features.CopyTo(_first);
            return;
        }

        features.CopyTo(_other!);
        AreAllEqual = _first.AsSpan().SequenceEqual(_other);
    }

    private Exception NotFinite(long row, int slot, float value)
    {
        string found = float.IsNaN(value) ? "NaN, a missing value," : value > 0 ? "positive infinity" : "negative infinity";
        string remedy = float.IsNaN(value)
            ? $"fill it before the trainer, for example with mlContext.Transforms.ReplaceMissingValues(\"{_column.Name}\"), or leave such rows out with " +
                $"mlContext.Data.FilterRowsByMissingValues"
            : "correct the value, or leave such rows out with mlContext.Data.FilterByCustomPredicate";
        return _context.Except($"Feature column '{_column.Name}' has {found} in row {row} of the {_data} (counted from 1), slot " +
            $"{slot}{SlotName(slot)}: {remedy}.");
    }

    private string SlotName(int slot) => SlotNames.Read(_column)?[slot] is { Length: > 0 } name ? $" '{name}'" : "";
}
