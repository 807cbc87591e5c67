using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>Models as the trainers give them, with whatever stages they measured, score in ONNX Runtime what ML.NET's columns have.</summary>
[TestClass]
public sealed class TrainedModelTests
{
    private const int Count = 300;
    private readonly MLContext _ml = new(seed: 1);

    private static readonly string[] Kinds = ["low", "middle", "high"];

    [TestMethod]
    public void Classes()
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind))
            .Append(_ml.MulticlassClassification.Trainers.SimpleNn(Quick(new SimpleNnMulticlassTrainer.Options { EnsembleSize = 2 })));
        IDataView data = Data();
        TransformerChain<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>> model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);

        using OnnxScores onnx = Load(model.LastTransformer.Model.SaveAsOnnx);
        OnnxScores.AssertClose([.. scored.GetColumn<float[]>("Score").SelectMany(score => score)], onnx.Run<float>("Score", Features(data), Count), "Score");
        CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToArray(), onnx.Run<uint>("PredictedLabel", Features(data), Count));
        Assert.AreEqual("""["low","middle","high"]""", onnx.Metadata["ClassNames"].Replace(" ", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public void True_or_false()
    {
        IDataView data = Data();
        var model = _ml.BinaryClassification.Trainers.SimpleNn(Quick(new SimpleNnBinaryTrainer.Options { LabelColumnName = nameof(Row.IsHigh) })).Fit(data);
        IDataView scored = model.Transform(data);

        using OnnxScores onnx = Load(model.Model.SaveAsOnnx);
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Score")], onnx.Run<float>("Score", Features(data), Count), "Score");
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Probability")], onnx.Run<float>("Probability", Features(data), Count), "Probability");
        CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), onnx.Run<bool>("PredictedLabel", Features(data), Count));
    }

    [TestMethod]
    public void Numbers()
    {
        IDataView data = Data();
        foreach (Loss loss in new[] { Loss.SquaredError, Loss.Poisson })
        {
            var model = _ml.Regression.Trainers.SimpleNn(Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = nameof(Row.Number), Loss = loss })).Fit(data);
            using OnnxScores onnx = Load(model.Model.SaveAsOnnx);
            OnnxScores.AssertClose([.. model.Transform(data).GetColumn<float>("Score")], onnx.Run<float>("Score", Features(data), Count), $"{loss}");
        }
    }

    [TestMethod]
    public void Quantiles()
    {
        IDataView data = Data();
        var model = _ml.Regression.Trainers.SimpleNn(Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = nameof(Row.Number), Loss = Loss.Quantile(0.1f, 0.9f) })).Fit(data);
        using OnnxScores onnx = Load(model.Model.SaveAsOnnx);
        OnnxScores.AssertClose([.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)], onnx.Run<float>("Score", Features(data), Count), "quantiles");
        Assert.AreEqual("""["0.1","0.9"]""", onnx.Metadata["SlotNames"]);
    }

    [TestMethod]
    public void Sparse_rows()
    {
        const int Words = 400;
        var random = new Random(2);
        List<SparseRow> rows = [.. Enumerable.Range(0, Count).Select(_ => SparseRow.Draw(random, Words))];
        IDataView data = _ml.Data.LoadFromEnumerable(rows, SparseRow.Schema(Words));
        var model = _ml.BinaryClassification.Trainers.SimpleNn(Quick(new SimpleNnBinaryTrainer.Options())).Fit(data);

        Assert.IsTrue(model.Model.SubModel.Network.InputStage!.Kinds.Contains(ColumnKind.Weight), "the rows were taken for sparse ones");
        using OnnxScores onnx = Load(model.Model.SaveAsOnnx);
        float[] features = [.. rows.SelectMany(row => row.Features.DenseValues())];
        OnnxScores.AssertClose([.. model.Transform(data).GetColumn<float>("Score")], onnx.Run<float>("Score", features, Count), "Score");
    }

    [TestMethod]
    public void Anomalies()
    {
        IDataView data = Data();
        var model = _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(Quick(new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [8, 2] })).Fit(data);
        IDataView scored = model.Transform(data);

        using OnnxScores onnx = Load(model.Model.SaveAsOnnx);
        OnnxScores.AssertClose([.. scored.GetColumn<float>("Score")], onnx.Run<float>("Score", Features(data), Count), "Score");
        CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), onnx.Run<bool>("PredictedLabel", Features(data), Count));
    }

    private static TOptions Quick<TOptions>(TOptions options)
        where TOptions : SimpleNnOptionsBase
    {
        options.HiddenLayers ??= [16];
        (options.NumberOfEpochs, options.Seed) = (4, 1);
        return options;
    }

    private IDataView Data()
    {
        var random = new Random(1);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(i => Row.Draw(random, i)).ToList());
    }

    private static float[] Features(IDataView data) => [.. data.GetColumn<float[]>(nameof(Row.Features)).SelectMany(features => features)];

    private static OnnxScores Load(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return new OnnxScores(stream.ToArray());
    }

    private sealed class Row
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public string Kind { get; set; } = "";

        public bool IsHigh { get; set; }

        public float Number { get; set; }

        /// <summary>A number, a yes or no, a count, a constant, and a number that may be missing.</summary>
        public static Row Draw(Random random, int i)
        {
            float x = random.NextSingle() * 9, isMarked = random.Next(2);
            int kind = i < 3 ? i : (int)(x / 3);
            float[] features = [x, isMarked, random.Next(4), 5, random.Next(4) == 0 ? float.NaN : 1000 + x];
            return new Row { Features = features, Kind = Kinds[kind], IsHigh = x > 5, Number = MathF.Round(x * x + isMarked) };
        }
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        /// <summary>Ten words of many, one of which says the label.</summary>
        public static SparseRow Draw(Random random, int words)
        {
            int[] indices = [.. Enumerable.Range(0, 10).Select(_ => random.Next(words)).Distinct().Order()];
            float[] values = [.. indices.Select(_ => 1f + random.Next(3))];
            return new SparseRow { Features = new VBuffer<float>(words, indices.Length, values, indices), Label = indices[0] % 2 == 0 };
        }

        public static SchemaDefinition Schema(int words)
        {
            SchemaDefinition schema = SchemaDefinition.Create(typeof(SparseRow));
            schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, words);
            return schema;
        }
    }
}
