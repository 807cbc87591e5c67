using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>What features have added to the scores of trained models, by our methods and by ML.NET's transformer.</summary>
[TestClass]
public sealed class FeatureContributionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>A number with pieces, yes or no, one of three, a count, a constant, and a number that is sometimes missing.</summary>
    [TestMethod]
    public void Contributions_of_features_of_every_kind_add_up_to_the_score_less_the_baseline()
    {
        List<MixedRow> rows = MixedRow.Rows(400);
        SimpleNnRegressionModelParameters model = _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
        { HiddenLayers = [32], NumberOfEpochs = 15, Seed = 1, NumberOfThreads = 1 }).Fit(MixedRow.View(_ml, rows)).Model;
        InputStage stage = model.Network.InputStage!;
        Assert.IsGreaterThan(0, stage.Marks);
        Assert.IsGreaterThan(0, stage.BinnedCount);
        Assert.HasCount(MixedRow.FeatureCount, stage.FeatureOfInputs().Distinct().ToArray());

        foreach (MixedRow row in rows.Take(100))
        {
            float[] contributions = model.GetFeatureContributions(row.Features);
            Assert.AreEqual(model.Predict(row.Features)[0] - model.BaselineScores[0], contributions.Sum(), 1e-3);
            Assert.AreEqual(0, contributions[MixedRow.Constant], "a feature that never changed");
        }
    }

    /// <summary>The layers without the stage, on inputs of 0.</summary>
    [TestMethod]
    public void The_baseline_is_the_score_where_nothing_is_known()
    {
        SimpleNnRegressionModelParameters model = RegressionTask.Train(_ml, "number").Model;
        var layers = new Network([.. model.Network.Layers]);
        float[] output = new float[1];
        layers.Predict(new float[layers.Inputs], 1, output);
        OutputStage stage = model.Network.OutputStage!;

        Assert.AreEqual(output[0] * stage.Scale[0] + stage.Offset[0], model.BaselineScores[0], 1e-5);
    }

    [TestMethod]
    [DataRow("number", 1)]
    [DataRow("number", 3)]
    [DataRow("rate", 1)]
    [DataRow("rate", 3)]
    [DataRow("numbers", 1)]
    [DataRow("quantiles", 1)]
    [DataRow("labels", 3)]
    public void Contributions_to_each_score_of_a_regression_add_up(string kind, int ensembleSize)
    {
        SimpleNnRegressionModelParameters model = RegressionTask.Train(_ml, kind, ensembleSize).Model;
        foreach (float[] row in Measurement.Rows(20).Select(row => row.Features))
        {
            float[] scores = model.Predict(row);
            for (int i = 0; i < scores.Length; i++)
                Assert.AreEqual(scores[i] - model.BaselineScores[i], model.GetFeatureContributions(row, i).Sum(), 1e-5 * Math.Max(1, Math.Abs(scores[i])), $"{kind} {i}");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Contributions_to_each_probability_of_a_class_add_up(int ensembleSize)
    {
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        options.EnsembleSize = ensembleSize;
        SimpleNnMulticlassModelParameters model = BlobTask.Train(_ml, Blob.Rows(), options);
        foreach (float[] row in Blob.Rows(20, seed: 5).Select(row => row.Features))
        {
            float[] scores = model.Predict(row);
            for (int i = 0; i < scores.Length; i++)
                Assert.AreEqual(scores[i] - model.BaselineScores[i], model.GetFeatureContributions(row, i).Sum(), 1e-5, $"{i}");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Contributions_to_a_logit_add_up_by_MLNets_transformer_too(int ensembleSize)
    {
        SimpleNnBinaryTrainer.Options options = BinaryTask.Options();
        options.EnsembleSize = ensembleSize;
        IDataView rows = _ml.Data.LoadFromEnumerable(BinaryBlob.Rows());
        var transformer = _ml.BinaryClassification.Trainers.SimpleNn(options).Fit(rows);
        float baseline = transformer.Model.SubModel.BaselineScores[0];

        IDataView scored = transformer.Transform(rows);
        IDataView explained = _ml.Transforms.CalculateFeatureContribution(transformer, Blob.FeatureCount, Blob.FeatureCount, normalize: false).Fit(scored).Transform(scored);

        foreach ((float score, float[] contributions) in explained.GetColumn<float>("Score").Zip(Contributions(explained)))
            Assert.AreEqual(score - baseline, contributions.Sum(), 1e-4 * Math.Max(1, Math.Abs(score)));
    }

    [TestMethod]
    public void The_transformer_of_MLNet_gives_the_contributions_to_the_predicted_class_after_saving_too()
    {
        IDataView rows = BlobTask.Keyed(_ml, Blob.Rows());
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(rows);
        IDataView scored = transformer.Transform(rows);
        var explainer = _ml.Transforms.CalculateFeatureContribution(transformer, Blob.FeatureCount, Blob.FeatureCount, normalize: false).Fit(scored);
        float[][] expected = [.. Blob.Rows().Select(row => transformer.Model.GetFeatureContributions(row.Features, Argmax(transformer.Model.Predict(row.Features))))];

        AssertSame(expected, Contributions(explainer.Transform(scored)));
        using var stream = new MemoryStream();
        _ml.Model.Save(explainer, scored.Schema, stream);
        AssertSame(expected, Contributions(_ml.Model.Load(stream, out _).Transform(scored)));
    }

    /// <summary>ML.NET's words for it: the largest is 1, and the others are in proportion.</summary>
    [TestMethod]
    public void The_transformer_keeps_the_strongest_and_normalizes_where_that_is_asked_for()
    {
        var transformer = RegressionTask.Train(_ml, "number");
        IDataView rows = RegressionTask.View(_ml, Measurement.Rows(20));
        float[][] strongest = Contributions(_ml.Transforms.CalculateFeatureContribution(transformer, 1, 0).Fit(rows).Transform(rows));

        for (int i = 0; i < strongest.Length; i++)
        {
            float[] all = transformer.Model.GetFeatureContributions(Measurement.Rows(20)[i].Features);
            if (all.Max() > 0)
                Assert.AreEqual(1, strongest[i][Array.IndexOf(all, all.Max())], 1e-6);
            Assert.AreEqual(all.Max() > 0 ? 1 : 0, strongest[i].Count(contribution => contribution != 0));
        }
    }

    [TestMethod]
    public void A_row_without_a_score_has_no_contributions()
    {
        SimpleNnRegressionModelParameters model = RegressionTask.Train(_ml, "number").Model;

        Assert.IsTrue(model.GetFeatureContributions([1, 2, float.PositiveInfinity, 4]).All(float.IsNaN));
    }

    [TestMethod]
    public void Which_of_several_numbers_is_to_be_explained_must_be_said()
    {
        var transformer = RegressionTask.Train(_ml, "numbers");
        IDataView rows = RegressionTask.View(_ml, Measurement.Rows(20));

        var e = Assert.Throws<Exception>(() => Contributions(_ml.Transforms.CalculateFeatureContribution(transformer).Fit(rows).Transform(rows)));
        Assert.Contains("The score is a vector of 2 slots, of which one is to be explained", e.ToString());
        Assert.Throws<InvalidOperationException>(() => transformer.Model.GetFeatureImportance(rows));
        Assert.HasCount(4, transformer.Model.GetFeatureImportance(rows, output: 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.Model.GetFeatureImportance(rows, output: 2));
    }

    private static float[][] Contributions(IDataView explained) => [.. explained.GetColumn<VBuffer<float>>("FeatureContributions").Select(values => values.DenseValues().ToArray())];

    private static int Argmax(float[] values) => Array.IndexOf(values, values.Max());

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            CollectionAssert.AreEqual(expected[i], actual[i]);
    }
}
