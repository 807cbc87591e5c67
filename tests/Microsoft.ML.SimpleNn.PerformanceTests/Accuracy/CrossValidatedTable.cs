using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Files of numbers with a class in each line, by 10 folds.</summary>
internal sealed class CrossValidatedTable : AccuracyTask
{
    private readonly int _label;
    private readonly Range _features;
    private readonly string[] _files;

    private CrossValidatedTable(string name, double goal, int label, Range features, params string[] files)
        : base(name, "10 folds", new Measure("accuracy", goal))
    {
        _label = label;
        _features = features;
        _files = files;
    }

    /// <summary>Breast cancer, benign or malignant: 569 rows of 30 numbers.</summary>
    public static CrossValidatedTable Wdbc(string folder) => new("WDBC", 0.974, label: 1, features: 2..32, Path.Combine(folder, "wdbc", "wdbc.data"));

    /// <summary>Handwritten digits in 8x8 pixels: 5,620 rows.</summary>
    public static CrossValidatedTable Optdigits(string folder) => new("optdigits", 0.982, label: 64, features: 0..64,
        Path.Combine(folder, "optdigits", "optdigits.tra"), Path.Combine(folder, "optdigits", "optdigits.tes"));

    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnMulticlassTrainer.Options();
        configure(options);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.SimpleNn(options));
        var folds = ml.MulticlassClassification.CrossValidate(Read(ml), pipeline, numberOfFolds: 10, seed: seed);
        return [folds.Average(fold => fold.Metrics.MicroAccuracy)];
    }

    private IDataView Read(MLContext ml)
    {
        Row[] rows = [.. _files.SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(Parse)];
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private Row Parse(string line)
    {
        string[] cells = line.Split(',');
        return new Row { Label = cells[_label], Features = [.. cells[_features].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))] };
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
