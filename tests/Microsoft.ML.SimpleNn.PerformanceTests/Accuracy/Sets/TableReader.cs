using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>Reads the files of a table with ML.NET's loader, and makes the column Label; the other columns keep the names that this gives them.</summary>
internal sealed class TableReader
{
    private const string Class = "Class";
    private const string Label = "Label";

    private readonly TableSpec _spec;
    private readonly string _folder;
    private readonly string[] _header;
    private readonly int[] _labels;

    public TableReader(TableSpec spec, string folder)
    {
        (_spec, _folder) = (spec, folder);
        _header = [.. File.ReadLines(PathOf(spec.Files[0])).First().Split(spec.Separator).Select(cell => cell.Trim(' ', '"', '\r'))];
        _labels = [.. spec.Label.Select(IndexOf)];
        HashSet<int> categories = [.. spec.Categorical.Select(IndexOf)], dates = [.. spec.Dates.Select(IndexOf)], text = [.. spec.Text.Select(IndexOf)];
        int[] features = [.. Enumerable.Range(0, _header.Length).Except(spec.Drop.Select(IndexOf)).Except(_labels)];
        Text = [.. features.Where(text.Contains).Select(NameOf)];
        Dates = [.. features.Where(dates.Contains).Select(NameOf)];
        Categories = [.. features.Where(categories.Contains).Select(NameOf)];
        Numbers = [.. features.Where(index => !text.Contains(index) && !dates.Contains(index) && !categories.Contains(index)).Select(NameOf)];
    }

    /// <summary>The columns of text.</summary>
    public IReadOnlyList<string> Text { get; }

    /// <summary>The columns of dates.</summary>
    public IReadOnlyList<string> Dates { get; }

    /// <summary>The columns of categories.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The columns of numbers.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>The training and the test rows, or all of them where the files do not tell them apart.</summary>
    public IDataView[] Read(MLContext ml)
    {
        TextLoader loader = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Separators = [_spec.Separator],
            HasHeader = _spec.HasHeader,
            AllowQuoting = _spec.IsQuoted,
            TrimWhitespace = true,
            MissingRealsAsNaNs = true,
            Columns = [.. Columns()],
        });
        string[] roles = [.. _spec.Files.Select(file => file.Role).Distinct()];
        ITransformer label = LabelMapping(ml).Fit(Load(_ => true));
        return [.. roles.Select(role => Filter(ml, label.Transform(Load(file => file.Role == role))))];

        IDataView Load(Func<TableFile, bool> takes) => loader.Load(new MultiFileSource([.. _spec.Files.Where(takes).Select(file => PathOf(file))]));
    }

    private IEnumerable<TextLoader.Column> Columns()
    {
        switch (_spec.Problem)
        {
            case Problem.Binary or Problem.Multiclass:
                yield return new TextLoader.Column(Class, DataKind.String, _labels[0]);
                break;
            case Problem.Regression:
                yield return new TextLoader.Column(Label, DataKind.Single, _labels[0]);
                break;
            default:
                DataKind kind = _spec.Problem == Problem.Labels ? DataKind.Boolean : DataKind.Single;
                yield return new TextLoader.Column(Label, kind, [.. _labels.Select(index => new TextLoader.Range(index))]);
                for (int i = 0; i < _labels.Length; i++) yield return new TextLoader.Column($"{Label}{i}", kind, _labels[i]);
                break;
        }

        foreach (string name in Text.Concat(Categories)) yield return new TextLoader.Column(name, DataKind.String, ParseName(name));
        foreach (string name in Dates) yield return new TextLoader.Column(name, DataKind.DateTime, ParseName(name));
        foreach (string name in Numbers) yield return new TextLoader.Column(name, DataKind.Single, ParseName(name));
    }

    /// <summary>The classes are those of all rows: one that is rare may be missing in the training rows.</summary>
    private IEstimator<ITransformer> LabelMapping(MLContext ml) => _spec.Problem switch
    {
        Problem.Binary => ml.Transforms.Conversion.MapValue(Label, _spec.Positive.ToDictionary(label => label, _ => true), Class),
        Problem.Multiclass => ml.Transforms.Conversion.MapValueToKey(Label, Class),
        Problem.Regression when _spec.LabelUnit != 1 => ml.Transforms.Expression(Label, $"x => x / {_spec.LabelUnit.ToString(CultureInfo.InvariantCulture)}f", Label),
        _ => new EstimatorChain<ITransformer>(),
    };

    private IDataView Filter(MLContext ml, IDataView rows)
    {
        if (_spec.Problem == Problem.Regression) rows = ml.Data.FilterRowsByMissingValues(rows, Label);
        return _spec.DropsIncompleteRows ? ml.Data.FilterRowsByMissingValues(rows, [.. Numbers]) : rows;
    }

    private string PathOf(TableFile file) => Path.Combine(_folder, file.Path);

    private int IndexOf(string column) => _spec.HasHeader ? Array.IndexOf(_header, column) : int.Parse(column, CultureInfo.InvariantCulture);

    private static string NameOf(int index) => $"Column{index}";

    private static int ParseName(string name) => int.Parse(name.AsSpan("Column".Length), CultureInfo.InvariantCulture);
}
