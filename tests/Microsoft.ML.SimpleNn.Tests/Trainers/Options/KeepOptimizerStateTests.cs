using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>KeepOptimizerState: what a model carries, and what Fit makes of it.</summary>
[TestClass]
public sealed class KeepOptimizerStateTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Data => BlobTask.Keyed(_ml, Blob.Rows(60, distance: 2));

    [TestMethod]
    public void Ten_epochs_and_ten_more_are_twenty_if_the_state_is_kept()
    {
        float[] once = Predict(Train(Options(epochs: 20)));
        SimpleNnMulticlassTrainer.Options keep = Options(epochs: 10, keep: true), forget = Options(epochs: 10);

        Assert.IsLessThan(1e-4, Distance(once, Predict(Continue(Train(keep), keep))));
        Assert.IsGreaterThan(1e-3, Distance(once, Predict(Continue(Train(forget), forget))));
    }

    [TestMethod]
    public void The_state_is_saved_with_the_model()
    {
        var options = Options(epochs: 10, keep: true);
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Data);
        using var stream = new MemoryStream();
        _ml.Model.Save(transformer, Data.Schema, stream);
        stream.Position = 0;
        var loaded = (SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;

        Assert.AreEqual(10, loaded.Trained[0].OptimizerState!.StepCount);
        CollectionAssert.AreEqual(BlobTask.Weights(Continue(transformer.Model, options)), BlobTask.Weights(Continue(loaded, options)));
    }

    [TestMethod]
    public void Going_on_leaves_the_state_of_the_earlier_model_as_it_is()
    {
        var options = Options(epochs: 10, keep: true);
        SimpleNnMulticlassModelParameters first = Train(options);
        float[] once = BlobTask.Weights(Continue(first, options));

        Assert.AreEqual(10, first.Trained[0].OptimizerState!.StepCount);
        CollectionAssert.AreEqual(once, BlobTask.Weights(Continue(first, options)));
    }

    [TestMethod]
    public void A_state_that_is_carried_is_used_also_where_it_is_not_kept_any_longer()
    {
        SimpleNnMulticlassTrainer.Options keep = Options(epochs: 10, keep: true), forget = Options(epochs: 10);
        SimpleNnMulticlassModelParameters first = Train(keep), second = Continue(first, forget);

        CollectionAssert.AreEqual(BlobTask.Weights(Continue(first, keep)), BlobTask.Weights(second));
        Assert.IsNull(second.Trained[0].OptimizerState);
    }

    [TestMethod]
    public void A_state_of_another_optimizer_is_left_with_a_warning()
    {
        var log = new LogCapture(_ml);
        SimpleNnMulticlassModelParameters with = Train(Options(epochs: 10, keep: true)), without = Train(Options(epochs: 10));
        var sgd = Options(epochs: 5);
        sgd.Optimizer = new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.9f };

        CollectionAssert.AreEqual(BlobTask.Weights(Continue(without, sgd)), BlobTask.Weights(Continue(with, sgd)));
        CollectionAssert.AreEqual(
            new[] { "The given model carries the state of an optimizer of the kind Adam with 2 numbers for each weight, but the SgdOptimizer of this trainer remembers 1, of the kind Sgd: it starts afresh." },
            log.Warnings);
    }

    private SimpleNnMulticlassModelParameters Train(SimpleNnMulticlassTrainer.Options options) => _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Data).Model;

    private SimpleNnMulticlassModelParameters Continue(SimpleNnMulticlassModelParameters model, SimpleNnMulticlassTrainer.Options options) =>
        _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Data, model).Model;

    private static float[] Predict(SimpleNnMulticlassModelParameters model) => [.. Blob.Rows(20, seed: 3).SelectMany(row => model.Predict(row.Features))];

    private static double Distance(float[] expected, float[] actual) => expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();

    /// <summary>All rows in each step, so that their order, which begins anew, matters only to the rounding.</summary>
    private static SimpleNnMulticlassTrainer.Options Options(int epochs, bool keep = false)
    {
        var options = BlobTask.Options();
        (options.NumberOfEpochs, options.KeepOptimizerState, options.BatchSize, options.Activation) = (epochs, keep, 1000, Activation.Tanh);
        return options;
    }
}
