using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The options against overfitting, and L-BFGS, reach the training of an ML.NET trainer.</summary>
[TestClass]
public sealed class RegularizationOptionsTests
{
    [TestMethod]
    public void Penalties_make_the_weights_smaller()
    {
        double plain = Length(Train(_ => { }));

        Assert.IsLessThan(0.8 * plain, Length(Train(o => o.L1Regularization = 3)));
        Assert.IsLessThan(0.8 * plain, Length(Train(o => o.L2Regularization = 3)));
    }

    [TestMethod]
    public void Dropout_changes_the_training_and_not_the_prediction()
    {
        SimpleNnMulticlassModelParameters plain = Train(_ => { }), input = Train(o => o.InputDropout = 0.2f), hidden = Train(o => o.Dropout = 0.5f);

        Assert.HasCount(3, new[] { plain, input, hidden }.Select(Length).Distinct());
        float[] features = Blob.Rows(1)[0].Features, outputs = hidden.Network.Predict(features);
        Loss.SoftmaxCrossEntropy.ToPrediction(outputs, 1, 3);
        CollectionAssert.AreEqual(outputs, hidden.Predict(features));
    }

    [TestMethod]
    public void The_largest_norm_of_a_unit_s_weights_is_kept()
    {
        var network = Train(o => (o.MaximumWeightNorm, o.NormalizeFeatures) = (0.25f, false)).Network;

        foreach (DenseLayer layer in network.Layers)
        {
            foreach (float[] unit in layer.GetWeights().Chunk(layer.Inputs))
                Assert.IsLessThanOrEqualTo(0.25 * (1 + 1e-6), Math.Sqrt(unit.Sum(w => (double)w * w)));
        }
    }

    [TestMethod]
    public void A_clipped_gradient_moves_the_weights_less()
    {
        double Moved(float? norm) => Train(o => (o.Optimizer, o.MaximumGradientNorm, o.NumberOfEpochs) = (new SgdOptimizer { LearningRate = 0.1f }, norm, 1)).TrainingHistory.Epochs[0].TrainingLoss;

        Assert.IsLessThan(Moved(1e-6f), Moved(null), "one epoch lowers the loss only where the gradient is left");
    }

    [TestMethod]
    public void L_BFGS_trains_a_classifier()
    {
        SimpleNnMulticlassModelParameters model = Train(o => (o.Optimizer, o.NumberOfEpochs) = (new LbfgsOptimizer { ProgressTolerance = 1e-3 }, 200));

        Assert.AreEqual(StopReason.Converged, model.TrainingHistory.StopReason);
        Assert.IsLessThan(0.02, model.TrainingHistory.Epochs[^1].TrainingLoss);
    }

    [TestMethod]
    public void A_schedule_of_the_options_is_followed()
    {
        var epochs = Train(o => (o.LearningRateSchedule, o.NumberOfEpochs) = (LearningRateSchedule.Step(0.5, every: 1), 3)).TrainingHistory.Epochs;

        CollectionAssert.AreEqual(new[] { 0.01f, 0.005f, 0.0025f }, epochs.Select(epoch => epoch.LearningRate).ToArray());
    }

    private static SimpleNnMulticlassModelParameters Train(Action<SimpleNnMulticlassTrainer.Options> change)
    {
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        change(options);
        return BlobTask.Train(new MLContext(1), Blob.Rows(90), options);
    }

    private static double Length(SimpleNnMulticlassModelParameters model) => Math.Sqrt(BlobTask.Weights(model).Sum(w => (double)w * w));
}
