using System.Text.Json;
using Microsoft.ML.SimpleNn.Schema;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>Files of ONNX score in ONNX Runtime as the models do that they were made of.</summary>
[TestClass]
public sealed class SaveAsOnnxTests
{
    private const int Rows = 60;

    public static IEnumerable<object[]> Activations => Enum.GetValues<Activation>().Select(activation => new object[] { activation });

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void Every_task_scores_the_same_with_every_kind_of_features(Activation activation)
    {
        var random = new Random(7);
        foreach (StageOfKind kind in StageOfKind.All)
        {
            int features = kind.Columns.Length;
            float[] rows = kind.Rows(Rows, random);
            string what = $"{activation}, {kind.Name}";
            Compare(RandomModels.Multiclass(random, features, kind.Create(random), activation), rows, what);
            Compare(RandomModels.Binary(random, features, kind.Create(random), activation), rows, what);
            Compare(RandomModels.Regression(random, features, kind.Create(random), activation), rows, what);
            Compare(RandomModels.Autoencoder(random, features, kind.Create(random), activation), rows, what);
        }
    }

    [TestMethod]
    public void Ten_thousand_rows_score_the_same_in_every_task()
    {
        const int Many = 10_000;
        var random = new Random(8);
        StageOfKind kind = StageOfKind.Mixed;
        float[] rows = kind.Rows(Many, random);

        Compare(RandomModels.Multiclass(random, kind.Columns.Length, kind.Create(random), Activation.ReLU), rows, "classes", Many);
        Compare(RandomModels.Binary(random, kind.Columns.Length, kind.Create(random), Activation.GELU), rows, "true or false", Many);
        Compare(RandomModels.Regression(random, kind.Columns.Length, kind.Create(random), Activation.SiLU), rows, "numbers", Many);
        Compare(RandomModels.Autoencoder(random, kind.Columns.Length, kind.Create(random), Activation.Tanh), rows, "anomalies", Many);
    }

    [TestMethod]
    public void Networks_without_an_input_stage_take_features_as_they_are()
    {
        var random = new Random(9);
        float[] rows = [.. Enumerable.Range(0, Rows * 3).Select(_ => random.NextSingle() * 4 - 2)];
        Compare(RandomModels.Multiclass(random, 3, null, Activation.ReLU), rows, "classes");
        Compare(RandomModels.Binary(random, 3, null, Activation.Tanh), rows, "true or false");
        Compare(RandomModels.Regression(random, 3, null, Activation.ELU), rows, "numbers");
        Compare(RandomModels.Autoencoder(random, 3, null, Activation.Sigmoid), rows, "anomalies");
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void Ensembles_average_their_predictions(int networks)
    {
        var random = new Random(networks);
        float[] rows = StageOfKind.Mixed.Rows(Rows, random);
        int features = StageOfKind.Mixed.Columns.Length;
        InputStage Stage() => StageOfKind.Mixed.Create(random);

        Compare(RandomModels.Multiclass(random, features, Stage(), Activation.ReLU, networks), rows, "classes");
        Compare(RandomModels.Binary(random, features, Stage(), Activation.ReLU, networks), rows, "true or false");
        Compare(RandomModels.Regression(random, features, Stage(), Activation.ReLU, networks: networks), rows, "numbers");
        Compare(RandomModels.Regression(random, features, Stage(), Activation.ReLU, ScoreMeaning.Rate, networks), rows, "rates");
    }

    [TestMethod]
    [DataRow(nameof(ScoreMeaning.Number))]
    [DataRow(nameof(ScoreMeaning.Rate))]
    [DataRow(nameof(ScoreMeaning.Probability))]
    public void Several_outputs_keep_their_meaning_and_names(string meaning)
    {
        var random = new Random(3);
        float[] rows = StageOfKind.Mixed.Rows(Rows, random);
        SimpleNnRegressionModelParameters model = RandomModels.Regression(
            random, StageOfKind.Mixed.Columns.Length, StageOfKind.Mixed.Create(random), Activation.ReLU, Enum.Parse<ScoreMeaning>(meaning), names: ["0.1", "0.5", "\"top\""]);

        Compare(model, rows, meaning);
        using var onnx = new OnnxScores(Saved(model.SaveAsOnnx));
        Assert.AreEqual(3, onnx.Columns["Score"]);
        CollectionAssert.AreEqual(new[] { "0.1", "0.5", "\"top\"" }, JsonSerializer.Deserialize<string[]>(onnx.Metadata["SlotNames"]));
    }

    [TestMethod]
    public void Names_of_classes_and_versions_stand_in_the_file()
    {
        string[] names = ["cat", "犬", "a, \"b\""];
        byte[] file = Saved(RandomModels.Multiclass(new Random(1), 3, null, Activation.ReLU, names: names).SaveAsOnnx);

        using var onnx = new OnnxScores(file);
        CollectionAssert.AreEqual(names, JsonSerializer.Deserialize<string[]>(onnx.Metadata["ClassNames"]));
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        Assert.AreEqual(13, model.OpsetImport.Single().Version);
        Assert.AreEqual("Microsoft.ML.SimpleNn", model.ProducerName);
    }

    [TestMethod]
    public void A_row_that_cannot_be_scored_has_the_score_NaN_and_no_label()
    {
        var random = new Random(4);
        StageOfKind kind = StageOfKind.All.Single(kind => kind.Name == "missing");
        float[] rows = [1, 2, 3, 1, float.NaN, 3, float.PositiveInfinity, 2, 3, 1, 2, float.NegativeInfinity];
        foreach (bool acceptsMissing in new[] { true, false })
        {
            InputStage Stage() => kind.Create(random, acceptsMissing);
            Compare(RandomModels.Regression(random, 3, Stage(), Activation.ReLU), rows, "numbers", 4);
            Compare(RandomModels.Binary(random, 3, Stage(), Activation.ReLU), rows, "true or false", 4);
            Compare(RandomModels.Autoencoder(random, 3, Stage(), Activation.ReLU), rows, "anomalies", 4);
            using var onnx = new OnnxScores(Saved(RandomModels.Multiclass(random, 3, Stage(), Activation.ReLU).SaveAsOnnx));

            uint[] labels = onnx.Run<uint>("PredictedLabel", rows, 4);
            float[] scores = onnx.Run<float>("Score", rows, 4);
            bool[] isScored = [true, acceptsMissing, false, false];
            CollectionAssert.AreEqual(isScored, Array.ConvertAll(labels, label => label > 0));
            for (int i = 0; i < scores.Length; i++) Assert.AreEqual(isScored[i / 3], float.IsFinite(scores[i]));
        }
    }

    [TestMethod]
    public void A_row_of_which_nothing_is_known_has_no_error()
    {
        var random = new Random(5);
        StageOfKind kind = StageOfKind.All.Single(kind => kind.Name == "missing");
        Compare(RandomModels.Autoencoder(random, 3, kind.Create(random), Activation.ReLU), [float.NaN, float.NaN, float.NaN, 1, float.NaN, 1e30f], "missing", 2);
    }

    [TestMethod]
    public void A_number_of_which_nothing_is_known_is_NaN()
    {
        SimpleNnRegressionModelParameters model = RandomModels.Regression(new Random(6), 3, null, Activation.ReLU, names: ["known", "unknown"]);
        model.Network.OutputStage = new OutputStage([1e6, 0], [1e9, double.NaN]);
        Compare(model, [1, 2, 3, 4, 5, 6], "unknown", 2);
    }

    [TestMethod]
    public void A_file_is_replaced_as_a_whole_and_a_stream_stays_open()
    {
        SimpleNnRegressionModelParameters model = RandomModels.Regression(new Random(6), 3, null, Activation.ReLU);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            File.WriteAllText(path, "old");
            model.SaveAsOnnx(path);
            CollectionAssert.AreEqual(Saved(model.SaveAsOnnx), File.ReadAllBytes(path));
            Assert.ThrowsExactly<ArgumentException>(() => model.SaveAsOnnx(""));
        }
        finally
        {
            File.Delete(path);
        }

        using var stream = new MemoryStream();
        model.SaveAsOnnx(stream);
        Assert.IsTrue(stream.CanWrite);
    }

    private static void Compare(SimpleNnMulticlassModelParameters model, float[] rows, string what, int count = Rows)
    {
        float[] expected = Predict(model, rows, count);
        using var onnx = new OnnxScores(Saved(model.SaveAsOnnx));
        OnnxScores.AssertClose(expected, onnx.Run<float>("Score", rows, count), $"Score, {what}");
        uint[] labels = onnx.Run<uint>("PredictedLabel", rows, count);
        for (int row = 0; row < count; row++)
        {
            float[] score = expected[(row * 3)..(row * 3 + 3)];
            float best = score.Max();
            if (score.Count(value => value >= best - OnnxScores.Tolerance) == 1) Assert.AreEqual((uint)Array.IndexOf(score, best) + 1, labels[row], $"PredictedLabel, {what}");
        }
    }

    private static void Compare(SimpleNnBinaryModelParameters model, float[] rows, string what, int count = Rows)
    {
        float[] probabilities = Predict(model, rows, count), logits = ScoresOf(model, rows, count);
        using var onnx = new OnnxScores(Saved(model.SaveAsOnnx));
        float[] score = onnx.Run<float>("Score", rows, count);
        OnnxScores.AssertClose(logits, score, $"Score, {what}");
        OnnxScores.AssertClose(probabilities, onnx.Run<float>("Probability", rows, count), $"Probability, {what}");
        CollectionAssert.AreEqual(Array.ConvertAll(score, value => value > 0), onnx.Run<bool>("PredictedLabel", rows, count), what);
    }

    private static void Compare(SimpleNnRegressionModelParameters model, float[] rows, string what, int count = Rows)
    {
        using var onnx = new OnnxScores(Saved(model.SaveAsOnnx));
        OnnxScores.AssertClose(Predict(model, rows, count), onnx.Run<float>("Score", rows, count), $"Score, {what}");
    }

    private static void Compare(SimpleNnAutoencoderModelParameters model, float[] rows, string what, int count = Rows)
    {
        float[] scores = new float[count], codes = new float[count * 2];
        model.Score(rows, count, scores);
        model.Encode(rows, count, codes);
        using var onnx = new OnnxScores(Saved(model.SaveAsOnnx));
        float[] found = onnx.Run<float>("Score", rows, count);
        OnnxScores.AssertClose(scores, found, $"Score, {what}");
        OnnxScores.AssertClose(codes, onnx.Run<float>("Code", rows, count), $"Code, {what}");
        CollectionAssert.AreEqual(Array.ConvertAll(found, score => score > model.Threshold), onnx.Run<bool>("PredictedLabel", rows, count), what);

        float[] expected = Predict(model, rows, count), actual = onnx.Run<float>("Reconstruction", rows, count);
        for (int feature = 0; feature < model.Network.Inputs; feature++) // each has a unit of its own
            OnnxScores.AssertClose(Column(expected, feature), Column(actual, feature), $"Reconstruction of feature {feature}, {what}", Math.Abs(model.Network.OutputStage?.Scale[feature] ?? 0));

        float[] Column(float[] values, int feature) => [.. values.Where((_, i) => i % model.Network.Inputs == feature)];
    }

    private static float[] Predict<TOutput>(SimpleNnModelParametersBase<TOutput> model, float[] rows, int count)
    {
        float[] predictions = new float[count * model.Network.Outputs];
        model.Predict(rows, count, predictions);
        return predictions;
    }

    /// <summary>What ML.NET's Score column has.</summary>
    private static float[] ScoresOf(SimpleNnBinaryModelParameters model, float[] rows, int count)
    {
        float[] scores = new float[count];
        ((IBatchScorer)model).Score(rows, count, scores);
        return scores;
    }

    private static byte[] Saved(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }
}
