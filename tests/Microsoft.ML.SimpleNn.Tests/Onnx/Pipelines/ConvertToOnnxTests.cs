using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>Whole pipelines, from columns to the label, converted by ML.NET's <c>ConvertToOnnx</c>, score in ONNX Runtime what ML.NET's columns have.</summary>
[TestClass]
public sealed class ConvertToOnnxTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1, 16)]
    [DataRow(2, 16)]
    [DataRow(1, 400)] // scored ahead in batches
    public void Classes(int ensembleSize, int units)
    {
        var options = Quick(new SimpleNnMulticlassTrainer.Options { EnsembleSize = ensembleSize, PredictionSetCoverage = 0.8f }, units);
        IDataView rows = Rows();
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind)).Append(Features())
            .Append(_ml.MulticlassClassification.Trainers.SimpleNn(options))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        (ITransformer model, IDataView scored) = Fit(pipeline, rows);

        using var onnx = new PipelineScores(_ml, model, rows);
        OnnxScores.AssertClose([.. scored.GetColumn<float[]>("Score").SelectMany(score => score)], onnx.Column<float>("Score"), "Score");
        CollectionAssert.AreEqual(scored.GetColumn<string>("PredictedLabel").ToArray(), onnx.Texts("PredictedLabel"));
        CollectionAssert.AreEqual(scored.GetColumn<bool[]>("PredictionSet").SelectMany(set => set).ToArray(), onnx.Column<bool>("PredictionSet"));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void True_or_false(int ensembleSize)
    {
        var options = Quick(new SimpleNnBinaryTrainer.Options { LabelColumnName = nameof(Row.IsHigh), EnsembleSize = ensembleSize });
        IDataView rows = Rows();
        (ITransformer model, IDataView scored) = Fit(Features().Append(_ml.BinaryClassification.Trainers.SimpleNn(options)), rows);

        using var onnx = new PipelineScores(_ml, model, rows);
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Score")], onnx.Column<float>("Score"), "Score");
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Probability")], onnx.Column<float>("Probability"), "Probability");
        CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), onnx.Column<bool>("PredictedLabel"));
    }

    [TestMethod]
    public void Numbers_and_their_intervals()
    {
        IDataView rows = Rows();
        foreach (Loss loss in new[] { Loss.SquaredError, Loss.Poisson })
        {
            var options = Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = nameof(Row.Price), Loss = loss, IntervalCoverage = 0.8f });
            (ITransformer model, IDataView scored) = Fit(Features().Append(_ml.Regression.Trainers.SimpleNn(options)), rows);

            using var onnx = new PipelineScores(_ml, model, rows);
            foreach (string column in new[] { "Score", "ScoreLower", "ScoreUpper" })
                OnnxScores.AssertClose([.. scored.GetColumn<float>(column)], onnx.Column<float>(column), $"{loss}, {column}");
        }
    }

    [TestMethod]
    public void Anomalies()
    {
        IDataView rows = Rows();
        var options = Quick(new SimpleNnAutoencoderTrainer.Options(), 4, 2);
        var model = Features().Append(_ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options)).Fit(rows);
        float threshold = model.LastTransformer.Model.Threshold;

        using var onnx = new PipelineScores(_ml, model, rows);
        float[] scores = onnx.Column<float>("Score");
        OnnxScores.AssertClose([.. model.Transform(rows).GetColumn<float>("Score")], scores, "Score");
        // The threshold is the score of one of the rows, which may end on its other side.
        CollectionAssert.AreEqual(Array.ConvertAll(scores, score => score > threshold), onnx.Column<bool>("PredictedLabel"));
        Assert.Contains(true, onnx.Column<bool>("PredictedLabel"));
    }

    [TestMethod]
    public void A_code_within_a_pipeline()
    {
        IDataView rows = Rows();
        var options = Quick(new SimpleNnAutoencoderTrainer.Options(), 4, 2);
        (ITransformer model, IDataView scored) = Fit(Features().Append(_ml.Transforms.SimpleNnEncode("Code", "Features", options)), rows);

        using var onnx = new PipelineScores(_ml, model, rows);
        OnnxScores.AssertClose([.. scored.GetColumn<float[]>("Code").SelectMany(code => code)], onnx.Column<float>("Code"), "Code");
    }

    /// <summary>Columns of the names that the graph uses inside, and two models one after the other, whose second has other variables for its columns.</summary>
    [TestMethod]
    public void A_second_model_takes_the_score_of_the_first_for_a_feature()
    {
        IDataView rows = Rows();
        var first = Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = nameof(Row.Price), IntervalCoverage = 0.8f });
        var second = Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = nameof(Row.Price), FeatureColumnName = "More" });
        (ITransformer model, IDataView scored) = Fit(Features().Append(_ml.Regression.Trainers.SimpleNn(first))
            .Append(_ml.Transforms.Concatenate("More", "Score", "ScoreLower", nameof(Row.Area))).Append(_ml.Regression.Trainers.SimpleNn(second)), rows);

        using var onnx = new PipelineScores(_ml, model, rows);
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Score")], onnx.Column<float>("Score"), "Score");
    }

    private EstimatorChain<ITransformer> Features() => new EstimatorChain<ITransformer>()
        .Append(_ml.Transforms.Categorical.OneHotEncoding(nameof(Row.Town)))
        .Append(_ml.Transforms.Concatenate("Features", nameof(Row.Area), nameof(Row.Rooms), nameof(Row.Town)))
        .Append<ITransformer>(_ml.Transforms.NormalizeMinMax("Features"));

    private static (ITransformer Model, IDataView Scored) Fit<T>(IEstimator<T> pipeline, IDataView rows)
        where T : ITransformer
    {
        ITransformer model = pipeline.Fit(rows);
        return (model, model.Transform(rows));
    }

    private static TOptions Quick<TOptions>(TOptions options, params int[] units)
        where TOptions : SimpleNnOptionsBase
    {
        (options.HiddenLayers, options.NumberOfEpochs, options.ValidationFraction, options.Seed) = (units.Length == 0 ? [16] : units, 4, 0.2, 1);
        return options;
    }

    private IDataView Rows()
    {
        var random = new Random(1);
        string[] towns = ["Ahlen", "Bonn", "Celle"], kinds = ["cheap", "fair", "dear"];
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ =>
        {
            int town = random.Next(3), rooms = random.Next(1, 7);
            float area = 20 * rooms + 30 * random.NextSingle(), price = area * (2 + town);
            return new Row { Town = towns[town], Area = area, Rooms = rooms, Price = price, IsHigh = price > 250, Kind = kinds[Math.Min(2, (int)(price / 150))] };
        }).ToArray());
    }

    private sealed class Row
    {
        public string Town { get; set; } = "";

        public float Area { get; set; }

        public float Rooms { get; set; }

        public float Price { get; set; }

        public bool IsHigh { get; set; }

        public string Kind { get; set; } = "";
    }
}
