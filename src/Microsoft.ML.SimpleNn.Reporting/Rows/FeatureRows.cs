using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The features of some rows: a sample that is spread over all, and the rows that are asked for; and what is missing in all rows.</summary>
internal sealed class FeatureRows
{
    private const int LargestSample = 1000, SmallestSample = 20, NumbersInSample = 1 << 24;

    private FeatureRows(string[]? names, int features)
    {
        (Names, Missing) = (names, new long[features]);
    }

    /// <summary>The names of the features [features]; null for none.</summary>
    public string[]? Names { get; }

    /// <summary>How many rows there are.</summary>
    public long Count { get; private set; }

    /// <summary>In how many rows each feature is missing [features].</summary>
    public long[] Missing { get; }

    /// <summary>The rows of the sample, each [features].</summary>
    public IReadOnlyList<float[]> Sample { get; private set; } = [];

    /// <summary>The rows that were asked for, by their number from 1.</summary>
    public Dictionary<long, float[]> Chosen { get; } = [];

    /// <summary>How the features lie as an image; null where they are none.</summary>
    public ImageShape? Shape { get; private init; }

    /// <summary>Reads the features.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="network">The network that takes them.</param>
    /// <param name="chosen">The rows that are asked for, from 1.</param>
    /// <returns>The rows; null where they have no such column.</returns>
    /// <exception cref="ArgumentException">The column is no vector of as many Single as the network takes.</exception>
    public static FeatureRows? Read(ScoredData data, Network network, IEnumerable<long> chosen)
    {
        if (data.Features is not { } column)
            return null;
        ScoredData.Require(column.Type is VectorDataViewType type && type.ItemType == NumberDataViewType.Single && type.Size == network.Inputs,
            column, "feature", $"a vector of {network.Inputs} values of Single",
            $"name another with {nameof(ReportOptions)}.{nameof(ReportOptions.FeatureColumnName)}");
        var rows = new FeatureRows(SlotNames.Read(column), network.Inputs)
        {
            Shape = PictureShape.Of(data.Options, [.. ((VectorDataViewType)column.Type).Dimensions], network),
        };
        rows.ReadAll(data.View, column, [.. chosen]);
        return rows;
    }

    /// <summary>The name of a feature, or its slot where it has none.</summary>
    public string Name(int slot) => Names is { } names && names[slot].Length > 0 ? names[slot] : $"slot {Number.Text(slot)}";

    private void ReadAll(IDataView view, DataViewSchema.Column column, HashSet<long> chosen)
    {
        var sample = new EvenSample<float[]>(Math.Clamp(NumbersInSample / Missing.Length, SmallestSample, LargestSample));
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            get(ref row);
            Count++;
            CountMissing(in row);
            sample.Add(() => [.. row.DenseValues()]);
            if (chosen.Contains(Count))
                Chosen[Count] = [.. row.DenseValues()];
        }
        Sample = sample.Items;
    }

    private void CountMissing(in VBuffer<float> row)
    {
        ReadOnlySpan<float> values = row.GetValues();
        for (int i = 0; i < values.Length; i++)
            if (float.IsNaN(values[i]))
                Missing[row.IsDense ? i : row.GetIndices()[i]]++;
    }
}
