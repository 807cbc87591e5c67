using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Runs that the caller ends, and runs that end themselves because the numbers have left all bounds.</summary>
[TestClass]
public sealed class AbandonedTrainingTests
{
    private readonly SampleRows _rows = new(40);

    [TestMethod]
    public void A_run_cancelled_before_the_first_epoch_ends_throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(token: source.Token)));
    }

    [TestMethod]
    public void A_run_cancelled_later_gives_the_weights_of_the_last_whole_epoch()
    {
        using var source = new CancellationTokenSource();
        int polls = 0;
        Network cancelled = Create(), expected = Create();
        TrainingHistory history = TrainingLoop.Run(cancelled, _rows.ToExamples(), null, Options(token: source.Token, poll: () =>
        {
            if (++polls == 3 * 4 + 2) source.Cancel(); // 4 minibatches an epoch: in the middle of the fourth
        }));
        TrainingLoop.Run(expected, _rows.ToExamples(), null, Options(epochs: 3));

        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.AreEqual(3, history.BestEpoch);
        Assert.HasCount(3, history.Epochs);
        Assert.AreEqual(14, polls);
        Bits.AssertEqual(expected.AllWeights(), cancelled.AllWeights(), "weights");
    }

    [TestMethod]
    public void What_Poll_throws_ends_the_run()
    {
        int polls = 0;
        var error = Assert.ThrowsExactly<TimeoutException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(poll: () =>
        {
            if (++polls == 6) throw new TimeoutException("enough");
        })));

        Assert.AreEqual("enough", error.Message);
        Assert.AreEqual(6, polls);
    }

    [TestMethod]
    public void A_network_whose_further_training_is_abandoned_still_takes_raw_features()
    {
        Network network = Create();
        TrainingLoop.Run(network, _rows.ToExamples(), null, Options(epochs: 5));
        double[] before = Array.ConvertAll(network.Predict(_rows.Features), y => (double)y);

        // The steps are so small that the network must give what it gave before.
        Assert.ThrowsExactly<TimeoutException>(() => TrainingLoop.Run(network, _rows.ToExamples(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = 1e-20f },
            WarmStart = true,
            Poll = () => throw new TimeoutException(),
        }));

        RelativeDifference.AssertWithin(1e-4, before, network.Predict(_rows.Features), "outputs");
    }

    [TestMethod]
    public void A_loss_beyond_all_bounds_in_the_first_epoch_throws_with_a_hint()
    {
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(learningRate: 1e30f)));

        Assert.Contains("in epoch 1, minibatch 2. Try a smaller learning rate than 1E+30, keep NormalizeFeatures on, and look for extreme values in the features.", error.Message);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Labels_too_large_to_be_squared_are_to_blame_and_not_the_learning_rate(bool lbfgs)
    {
        var rows = new DenseExamples([1, 2, 3, 4], 1, [1e20f, 2e20f, 3e20f, 4e20f]);
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Network.Create(1, [4], 1), rows, null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = lbfgs ? new LbfgsOptimizer() : new AdamOptimizer(),
            NumberOfEpochs = 2,
        }));

        StringAssert.EndsWith(error.Message, " before the first step, so that no learning rate is to blame: the labels, or the features, are too large for single precision. " +
            "Leave NormalizeLabel (in the engine, NormalizeTargets) and NormalizeFeatures on, or bring labels and features to a smaller unit.");
    }

    [TestMethod]
    public void Weights_beyond_all_bounds_after_the_last_step_throw_too()
    {
        // One step in all, with gradients around 1000 and a learning rate near the largest float.
        var rows = new DenseExamples(_rows.Features, 5, [.. _rows.Classes.Select(label => 1000 * (1 + label))]);
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Network.Create(5, [], 1), rows, null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptimizer { LearningRate = 3e38f },
            NumberOfEpochs = 1,
            BatchSize = 40,
        }));

        Assert.Contains("in epoch 1, minibatch 1.", error.Message);
    }

    [TestMethod]
    public void A_loss_beyond_all_bounds_later_gives_back_the_best_weights()
    {
        // Gradient descent on squared error with too large a rate: the loss grows by some factor each epoch until it overflows.
        var rows = new DenseExamples(_rows.Features, 5, _rows.Classes);
        Network network = Network.Create(5, [], 1);
        TrainingHistory history = TrainingLoop.Run(network, rows, rows, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptimizer { LearningRate = 2 },
            NumberOfEpochs = 1000,
            BatchSize = 40,
            Patience = 1000,
        });

        Assert.AreEqual(StopReason.Diverged, history.StopReason);
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, history.BestEpoch);
        Assert.IsGreaterThan(10, history.Epochs.Count);
        double[] outputs = new DoubleNetwork(network).Forward(_rows.Features);
        Assert.AreEqual(
            history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value,
            DoubleLoss.Mean(Loss.SquaredError, outputs, _rows.Classes, [.. _rows.Classes.Select(_ => 1f)]),
            1e-4 * history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value);
    }

    [TestMethod]
    public void Without_validation_rows_diverged_weights_are_finite_all_the_same()
    {
        var rows = new DenseExamples(_rows.Features, 5, _rows.Classes);
        Network network = Network.Create(5, [], 1);
        TrainingHistory history = TrainingLoop.Run(network, rows, null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptimizer { LearningRate = 2 },
            NumberOfEpochs = 1000,
            BatchSize = 7,
        });

        Assert.AreEqual(StopReason.Diverged, history.StopReason);
        Assert.IsTrue(network.AllWeights().All(float.IsFinite));
    }

    /// <summary>To an input stage NaN is a feature that is missing, and infinity is no number.</summary>
    [TestMethod]
    [DataRow(float.NaN, false)]
    [DataRow(float.PositiveInfinity, false)]
    [DataRow(float.PositiveInfinity, true)]
    [DataRow(float.NegativeInfinity, true)]
    public void What_is_no_number_in_the_features_is_a_divergence_and_not_a_quiet_result(float value, bool hasStage)
    {
        _rows.Features[17] = value;

        Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(hasStage: hasStage)));
    }

    [TestMethod]
    public void Validation_rows_whose_loss_is_never_finite_are_named_as_the_cause()
    {
        var validation = new SampleRows(10);
        validation.Features[3] = float.NaN;
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), validation.ToExamples(), Options(hasStage: false)));

        Assert.StartsWith("No epoch of 10 gave usable weights: the validation loss was NaN after the last.", error.Message);
        Assert.Contains("the features of the validation rows", error.Message);
    }

    private static Network Create() => Network.Create(5, [6], 3);

    private static TrainingOptions Options(int epochs = 20, int batchSize = 10, float? learningRate = null, Action? poll = null, bool hasStage = true, CancellationToken token = default) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = learningRate is { } rate ? new SgdOptimizer { LearningRate = rate } : new AdamOptimizer { LearningRate = 0.01f },
        NormalizeFeatures = hasStage,
        NumberOfEpochs = epochs,
        BatchSize = batchSize,
        NumberOfThreads = 1,
        Poll = poll,
        CancellationToken = token,
    };
}
