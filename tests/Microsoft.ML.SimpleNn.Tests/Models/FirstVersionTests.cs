using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Models in Models/Saved that the first version of the library saved: they must load for ever, and predict what they predicted then.</summary>
[TestClass]
public sealed class FirstVersionTests
{
    private static readonly float[] Rows = [1, 2, 3, 4, 5, -1, 0, 0.5f];

    [TestMethod]
    public void A_multiclass_model_of_the_first_version_predicts_as_it_did()
    {
        var model = (SimpleNnMulticlassModelParameters)Load("multiclass-v1.zip");

        AssertPredicts([0.12170441, 0.7446226, 0.13367297, 0.2540786, 0.49183932, 0.25408205], model.Predict(Rows.AsSpan(0, 4)), model.Predict(Rows.AsSpan(4, 4)));
        CollectionAssert.AreEqual(new[] { 1.4643553296724956, 1.2557007680336634, 1.1310521213213602 }, model.TrainingHistory.Epochs.Select(epoch => epoch.TrainingLoss).ToArray());
        Assert.AreEqual((StopReason.Completed, 3), (model.TrainingHistory.StopReason, model.TrainingHistory.BestEpoch));
        Assert.HasCount(1, model.Networks);
    }

    [TestMethod]
    public void A_binary_model_of_the_first_version_predicts_as_it_did()
    {
        var model = ((CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>)Load("binary-v1.zip")).SubModel;

        AssertPredicts([0.15845992, 0.3130007], model.Predict(Rows.AsSpan(0, 4)), model.Predict(Rows.AsSpan(4, 4)));
        CollectionAssert.AreEqual(new double?[] { 0.2, 0.26666666666666666, 0.4 }, model.TrainingHistory.Epochs.Select(epoch => epoch.ValidationAccuracy).ToArray());
    }

    [TestMethod]
    public void A_regression_model_of_the_first_version_predicts_as_it_did()
    {
        var model = (SimpleNnRegressionModelParameters)Load("regression-v1.zip");

        AssertPredicts([2.2054884, 2.0547826, 1.441753, 2.6618211], model.Predict([0.5f, 0.25f]), model.Predict([1, -1]));
    }

    [TestMethod]
    public void A_model_of_the_first_version_can_be_trained_further()
    {
        var ml = new MLContext(seed: 1);
        var options = BlobTask.Options();
        options.HiddenLayers = [2];
        var earlier = (SimpleNnMulticlassModelParameters)Load("multiclass-v1.zip");
        var further = ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(BlobTask.Keyed(ml, Blob.Rows()), earlier).Model;

        Assert.IsLessThan(earlier.TrainingHistory.Epochs[^1].TrainingLoss, further.TrainingHistory.Epochs[0].TrainingLoss);
    }

    private static object Load(string file) =>
        ((ISingleFeaturePredictionTransformer<object>)new MLContext().Model.Load(Path.Combine(AppContext.BaseDirectory, "Models", "Saved", file), out _)).Model;

    private static void AssertPredicts(double[] expected, params float[][] predictions)
    {
        float[] actual = [.. predictions.SelectMany(row => row)];
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual((float)expected[i], actual[i]);
    }
}
