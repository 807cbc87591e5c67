using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

/// <summary>Small models of every task, with scored rows, and their pages.</summary>
internal static class ReportedTasks
{
    /// <summary>A name that would be a script if it were not encoded.</summary>
    public const string EvilName = "<script>alert('x')</script>";

    private const int Rows = 200;
    private static readonly MLContext Ml = new(seed: 1);

    public static (SimpleNnMulticlassModelParameters Model, IDataView Scored) Classes()
    {
        IDataView rows = Ml.Transforms.Conversion.MapValueToKey("Label").Fit(Data()).Transform(Data());
        var model = Ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1 }).Fit(rows);
        return (model.Model, model.Transform(rows));
        static IDataView Data() => Ml.Data.LoadFromEnumerable(Make(1).Select(row => new { row.Features, Label = row.X > row.Y ? EvilName : row.X > 0.3 ? "b" : "c" }), Schema(new { Features = (float[])null!, Label = "" }));
    }

    public static (Calibrators.CalibratedModelParametersBase<SimpleNnBinaryModelParameters, Calibrators.PlattCalibrator> Model, IDataView Scored) TrueOrFalse()
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(Make(2).Select(row => new { row.Features, Label = row.X + (0.4 * row.Noise) > row.Y }), Schema(new { Features = (float[])null!, Label = false }));
        var model = Ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1 }).Fit(rows);
        return (model.Model, model.Transform(rows));
    }

    public static (SimpleNnRegressionModelParameters Model, IDataView Scored) Number() =>
        Regression(Make(3).Select(row => new { row.Features, Label = row.X - row.Y + (0.2f * row.Noise) }), new { Features = (float[])null!, Label = 0f },
            new() { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1, IntervalCoverage = 0.8f, EnsembleSize = 2 });

    public static (SimpleNnRegressionModelParameters Model, IDataView Scored) Quantiles() =>
        Regression(Make(4).Select(row => new { row.Features, Label = row.X - row.Y + (0.2f * row.Noise) }), new { Features = (float[])null!, Label = 0f },
            new() { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1, Loss = Loss.Quantile(0.1f, 0.5f, 0.9f) });

    public static (SimpleNnRegressionModelParameters Model, IDataView Scored) Several() =>
        Regression(Make(5).Select(row => new PairOfNumbers { Features = row.Features, Label = [row.X, row.X > 0.9 ? float.NaN : row.Y] }), null,
            new() { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1 });

    public static (SimpleNnRegressionModelParameters Model, IDataView Scored) Labels() =>
        Regression(Make(6).Select(row => new PairOfLabels { Features = row.Features, Label = [row.X > 0.5, row.Noise > row.Y] }), null,
            new() { HiddenLayers = [6], NumberOfEpochs = 3, Seed = 1, Loss = Loss.SigmoidCrossEntropy });

    public static (SimpleNnAutoencoderModelParameters Model, IDataView Scored) Anomalies()
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(Make(7).Select((row, i) => new { row.Features, Label = i % 10 == 0 }), Schema(new { Features = (float[])null!, Label = false }));
        var model = Ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [6, 2], NumberOfEpochs = 3, Seed = 1 }).Fit(rows);
        return ((SimpleNnAutoencoderModelParameters)(object)model.Model, model.Transform(rows));
    }

    /// <summary>Images of 8 x 8 pixels, with a bright half.</summary>
    public static (SimpleNnMulticlassModelParameters Model, IDataView Scored) Images()
    {
        var random = new Random(8);
        IDataView images = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => new Picture
        {
            Label = i % 2 == 0 ? "left" : "right",
            Pixels = [.. Enumerable.Range(0, 64).Select(pixel => (float)random.Next(pixel % 8 < 4 == (i % 2 == 0) ? 200 : 120))],
        }).ToArray());
        IDataView rows = Ml.Transforms.Conversion.MapValueToKey("Label").Append(Ml.Transforms.Concatenate("Features", "Pixels")).Fit(images).Transform(images);
        var model = Ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { HiddenLayers = [4], NumberOfEpochs = 2, Seed = 1 }).Fit(rows);
        return (model.Model, model.Transform(rows));
    }

    /// <summary>The pages of all tasks by name.</summary>
    public static IReadOnlyDictionary<string, string> Pages => All.Value;

    private static readonly Lazy<Dictionary<string, string>> All = new(() => new()
    {
        ["classes"] = Write(path => Classes().Model.WriteReport(path, Classes().Scored)),
        ["true or false"] = Write(path => TrueOrFalse().Model.WriteReport(path, TrueOrFalse().Scored)),
        ["number"] = Write(path => Number().Model.WriteReport(path, Number().Scored)),
        ["quantiles"] = Write(path => Quantiles().Model.WriteReport(path, Quantiles().Scored)),
        ["several"] = Write(path => Several().Model.WriteReport(path, Several().Scored)),
        ["labels"] = Write(path => Labels().Model.WriteReport(path, Labels().Scored)),
        ["anomalies"] = Write(path => Anomalies().Model.WriteReport(path, Anomalies().Scored)),
        ["images"] = Write(path => Images().Model.WriteReport(path, Images().Scored, new() { TrainerOptions = new SimpleNnMulticlassTrainer.Options { Dropout = 0.25f } })),
        ["no rows"] = Write(path => Number().Model.WriteReport(path)),
    });

    /// <summary>The text of a page that is written to a file.</summary>
    public static string Write(Action<string> write)
    {
        using var folder = new TemporaryFolder();
        write(folder["report.html"]);
        return File.ReadAllText(folder["report.html"]);
    }

    private static (SimpleNnRegressionModelParameters Model, IDataView Scored) Regression<T>(IEnumerable<T> made, T? like, SimpleNnRegressionTrainer.Options options)
        where T : class
    {
        IDataView rows = Ml.Data.LoadFromEnumerable(made.ToArray(), like is null ? SchemaDefinition.Create(typeof(T)) : Schema(like));
        var model = Ml.Regression.Trainers.SimpleNn(options).Fit(rows);
        return (model.Model, model.Transform(rows));
    }

    private static SchemaDefinition Schema<T>(T like)
    {
        SchemaDefinition schema = SchemaDefinition.Create(like!.GetType());
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        return schema;
    }

    private static (float[] Features, float X, float Y, float Noise)[] Make(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(i =>
        {
            (float x, float y, float noise) = (random.NextSingle(), random.NextSingle(), random.NextSingle());
            return (new[] { x, y, i % 20 == 0 ? float.NaN : noise * noise }, x, y, random.NextSingle());
        })];
    }

    private sealed class PairOfNumbers
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Label { get; set; } = [];
    }

    private sealed class PairOfLabels
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public bool[] Label { get; set; } = [];
    }

    private sealed class Picture
    {
        [VectorType(64)]
        public float[] Pixels { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
