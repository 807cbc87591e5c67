using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The options of the autoencoder where <see cref="OptionTable"/> does not show them: a layer, arguments, defaults.</summary>
[TestClass]
public sealed class AutoencoderOptionsTests
{
    private static void AssertRefused(string message, string option, Action<SimpleNnAutoencoderTrainer.Options> change)
    {
        var options = new SimpleNnAutoencoderTrainer.Options();
        change(options);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().AnomalyDetection.Trainers.SimpleNnAutoencoder(options));
        Assert.AreEqual($"{message} (Parameter '{option}')", error.Message);
    }

    [TestMethod]
    public void Layer_without_units() => AssertRefused(
        "HiddenLayers[1] is 0: it must be 1 unit or more; leave the layer out of the array to have none.", "HiddenLayers[1]", o => o.HiddenLayers = [4, 0]);

    [TestMethod]
    public void Arguments_are_the_options_of_those_names()
    {
        SimpleNnAutoencoderModelParameters Train(Func<AnomalyDetectionCatalog.AnomalyDetectionTrainers, SimpleNnAutoencoderTrainer> create)
        {
            var ml = new MLContext(seed: 3);
            return create(ml.AnomalyDetection.Trainers).Fit(ml.Data.LoadFromEnumerable(Reading.Rows(100))).Model;
        }

        var byArguments = Train(trainers => trainers.SimpleNnAutoencoder("Features", "Weight", [4, 2], learningRate: 0.01f, numberOfEpochs: 3, batchSize: 10));
        var options = new SimpleNnAutoencoderTrainer.Options { ExampleWeightColumnName = "Weight", HiddenLayers = [4, 2], NumberOfEpochs = 3, BatchSize = 10 };
        options.Optimizer = new AdamWOptimizer { LearningRate = 0.01f, WeightDecay = ((AdamWOptimizer)options.Optimizer).WeightDecay };
        var byOptions = Train(trainers => trainers.SimpleNnAutoencoder(options));

        CollectionAssert.AreEqual(AutoencoderTask.Weights(byOptions), AutoencoderTask.Weights(byArguments));
        Assert.HasCount(3, byArguments.TrainingHistory.Epochs);
    }

    [TestMethod]
    public void The_catalog_without_arguments_has_the_defaults_of_the_options()
    {
        var ml = new MLContext(seed: 3);
        var data = ml.Data.LoadFromEnumerable(Reading.Rows(40));
        var byCatalog = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(numberOfEpochs: 1).Fit(data).Model;

        CollectionAssert.AreEqual(new[] { 256, 64, 8, 64, 256, 6 }, byCatalog.Network.Layers.Select(layer => layer.Outputs).ToArray());
        CollectionAssert.AreEqual(new[] { 256, 64, 8 }, new SimpleNnAutoencoderTrainer.Options().HiddenLayers);
        Assert.AreEqual(0.05, new SimpleNnAutoencoderTrainer.Options().Contamination);
    }
}
