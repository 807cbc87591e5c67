using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>Rows to learn from and rows to test on, read already, with the columns Features and Label; Label0, Label1 and so on as well, where the label is a vector.</summary>
internal sealed class Split
{
    private Split(IDataView train, IDataView test, bool isText, bool hasMissing)
    {
        (Train, Test, IsText, HasMissing) = (train, test, isText, hasMissing);
    }

    public IDataView Train { get; }

    public IDataView Test { get; }

    /// <summary>Whether the features come from text, and so need no scaling.</summary>
    public bool IsText { get; }

    /// <summary>Whether a feature of a row is unknown, NaN.</summary>
    public bool HasMissing { get; }

    /// <summary>Keeps the columns in memory and reads the rows into it.</summary>
    public static Split Create(MLContext ml, IDataView train, IDataView test, bool isText = false)
    {
        string[] columns = [.. train.Schema.Where(column => !column.IsHidden && (column.Name == "Features" || column.Name.StartsWith("Label", StringComparison.Ordinal))).Select(column => column.Name)];
        (train, test) = (Keep(ml, train, columns), Keep(ml, test, columns));
        return new Split(train, test, isText, Read(train) | Read(test));
    }

    private static IDataView Keep(MLContext ml, IDataView rows, string[] columns) =>
        ml.Data.Cache(ml.Transforms.SelectColumns(columns).Fit(rows).Transform(rows));

    /// <summary>Reads all rows, and says whether a feature is NaN.</summary>
    private static bool Read(IDataView rows)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(rows.Schema["Features"]);
        VBuffer<float> features = default;
        bool hasMissing = false;
        while (cursor.MoveNext())
        {
            getter(ref features);
            hasMissing |= features.GetValues().Contains(float.NaN);
        }

        return hasMissing;
    }
}
