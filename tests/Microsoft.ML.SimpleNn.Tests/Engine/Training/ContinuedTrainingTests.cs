using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Runs that go on with what the optimizer remembered.</summary>
[TestClass]
public sealed class ContinuedTrainingTests
{
    private readonly SampleRows _rows = new(60, noise: 3);

    public static IEnumerable<object[]> Optimizers =>
    [
        [new SgdOptimizer { LearningRate = 0.05f, Momentum = 0.9f }],
        [new AdaGradOptimizer { LearningRate = 0.02f }],
        [new RmsPropOptimizer { LearningRate = 0.003f }],
        [new AdaDeltaOptimizer()],
        [new AdamOptimizer { LearningRate = 0.01f }],
        [new AdamOptimizer { LearningRate = 0.01f, AmsGrad = true }],
        [new AdamWOptimizer { LearningRate = 0.01f }],
    ];

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Ten_epochs_and_ten_more_are_twenty(Optimizer optimizer)
    {
        Network twice = Create(), once = Create(), afresh = Create();
        OptimizerState state = optimizer.CreateState(twice);
        TrainingLoop.Run(twice, _rows.ToExamples(), null, Options(optimizer, 10, state));
        Assert.AreEqual(10, state.StepCount);
        TrainingLoop.Run(twice, _rows.ToExamples(), null, Options(optimizer, 10, state, warmStart: true));
        TrainingLoop.Run(once, _rows.ToExamples(), null, Options(optimizer, 20));
        TrainingLoop.Run(afresh, _rows.ToExamples(), null, Options(optimizer, 10));
        TrainingLoop.Run(afresh, _rows.ToExamples(), null, Options(optimizer, 10, warmStart: true));

        Assert.AreEqual(20, state.StepCount);
        float[] expected = once.Predict(_rows.Features);
        Assert.IsLessThan(1e-3, Distance(expected, twice.Predict(_rows.Features)), "with the state");
        Assert.IsGreaterThan(1e-2, Distance(expected, afresh.Predict(_rows.Features)), "without");
    }

    [TestMethod]
    public void Where_no_rounding_can_differ_the_bits_are_the_same()
    {
        // One row, so that its place in the order cannot matter, and no standardisation to fold in and out.
        var row = new DenseExamples([1, -2, 0.5f, 3, 1], 5, [2]);
        var optimizer = new AdamOptimizer { LearningRate = 0.01f, AmsGrad = true };
        Network twice = Create(), once = Create();
        OptimizerState state = optimizer.CreateState(twice);
        TrainingLoop.Run(twice, row, null, Options(optimizer, 10, state, normalize: false));
        TrainingLoop.Run(twice, row, null, Options(optimizer, 10, state, normalize: false, warmStart: true));
        TrainingLoop.Run(once, row, null, Options(optimizer, 20, normalize: false));

        Bits.AssertEqual(once.AllWeights(), twice.AllWeights(), "weights");
    }

    [TestMethod]
    public void The_state_is_that_of_the_weights_that_are_kept()
    {
        // Features that hardly tell the class: the validation loss soon rises again, and epochs later than the best are thrown away.
        SampleRows training = new(60, noise: 10), validation = new(60, noise: 10, seed: 2);
        var optimizer = new AdamOptimizer { LearningRate = 0.05f };
        Network stopped = Create(), exact = Create();
        OptimizerState state = optimizer.CreateState(stopped), exactState = optimizer.CreateState(exact);
        TrainingHistory history = TrainingLoop.Run(stopped, training.ToExamples(), validation.ToExamples(), Options(optimizer, 500, state, batchSize: 20));
        TrainingLoop.Run(exact, training.ToExamples(), null, Options(optimizer, history.BestEpoch, exactState, batchSize: 20));

        Assert.IsLessThan(history.Epochs.Count, history.BestEpoch);
        Assert.AreEqual(3 * history.BestEpoch, state.StepCount);
        Assert.AreEqual((exactState.FirstPower, exactState.SecondPower), (state.FirstPower, state.SecondPower));
        for (int layer = 0; layer < 2; layer++)
            foreach ((DenseLayer expected, DenseLayer actual) in exactState.SlotLayers(layer).Zip(state.SlotLayers(layer)))
                Bits.AssertEqual(expected.GetWeights(), actual.GetWeights(), $"layer {layer}");
    }

    [TestMethod]
    public void The_state_of_a_sparse_first_layer_has_caught_up_with_the_steps_that_a_feature_missed()
    {
        // Each feature is zero in most minibatches of two rows; the sparse layer leaves its weights and moments alone until they are needed.
        float[] x = [.. _rows.Features.Select((value, i) => i / 5 % 6 == i % 5 ? value / 10 : 0)];
        var optimizer = new AdamOptimizer { LearningRate = 0.01f };
        Network dense = Create(), sparse = Create();
        OptimizerState denseState = optimizer.CreateState(dense), sparseState = optimizer.CreateState(sparse);
        TrainingLoop.Run(dense, new DenseExamples(x, 5, _rows.Classes), null, Options(optimizer, 3, denseState, normalize: false, batchSize: 2));
        TrainingLoop.Run(sparse, SparseSamples.ToExamples(x, 5, _rows.Classes), null, Options(optimizer, 3, sparseState, normalize: false, batchSize: 2));

        for (int layer = 0; layer < 2; layer++)
            foreach ((DenseLayer expected, DenseLayer actual) in denseState.SlotLayers(layer).Zip(sparseState.SlotLayers(layer)))
                Assert.IsLessThan(1e-4 * expected.GetWeights().Max(Math.Abs), Distance(expected.GetWeights(), actual.GetWeights()));
    }

    [TestMethod]
    public void Sparse_training_goes_on_from_a_kept_state_as_dense_training_does()
    {
        float[] x = [.. _rows.Features.Select((value, i) => i / 5 % 6 == i % 5 ? value / 10 : 0)];
        var optimizer = new AdamOptimizer { LearningRate = 0.01f };
        Network dense = Create(), sparse = Create();
        OptimizerState denseState = optimizer.CreateState(dense), sparseState = optimizer.CreateState(sparse);
        foreach (bool warmStart in new[] { false, true })
        {
            TrainingLoop.Run(dense, new DenseExamples(x, 5, _rows.Classes), null, Options(optimizer, 3, denseState, warmStart: warmStart, normalize: false, batchSize: 2));
            TrainingLoop.Run(sparse, SparseSamples.ToExamples(x, 5, _rows.Classes), null, Options(optimizer, 3, sparseState, warmStart: warmStart, normalize: false, batchSize: 2));
        }

        Assert.AreEqual(denseState.StepCount, sparseState.StepCount);
        RelativeDifference.AssertWithin(1e-5, Array.ConvertAll(dense.AllWeights(), w => (double)w), sparse.AllWeights(), "weights");
    }

    [TestMethod]
    public void Keeping_the_state_does_not_change_the_training()
    {
        var optimizer = new AdamOptimizer();
        Network with = Create(), without = Create();
        TrainingLoop.Run(with, _rows.ToExamples(), null, Options(optimizer, 5, optimizer.CreateState(with)));
        TrainingLoop.Run(without, _rows.ToExamples(), null, Options(optimizer, 5));

        Bits.AssertEqual(without.AllWeights(), with.AllWeights(), "weights");
    }

    [TestMethod]
    public void A_schedule_runs_over_the_steps_of_the_new_run()
    {
        var optimizer = new SgdOptimizer { LearningRate = 0.1f };
        Network network = Create();
        OptimizerState state = optimizer.CreateState(network);
        float[] Rates(bool warmStart) => [.. TrainingLoop.Run(network, _rows.ToExamples(), null, Options(optimizer, 4, state, warmStart: warmStart, schedule: LearningRateSchedule.Cosine))
            .Epochs.Select(epoch => epoch.LearningRate)];
        float[] first = Rates(warmStart: false);

        Assert.AreEqual(0.1f, first[0]);
        CollectionAssert.AreEqual(first, Rates(warmStart: true));
    }

    [TestMethod]
    public void The_state_of_another_network_or_optimizer_is_refused()
    {
        var adam = new AdamOptimizer();
        OptimizerState state = adam.CreateState(Create());

        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(adam, 1, state)));
        Assert.AreEqual("The optimizer's state was made for another network.", error.Message);
        Network network = Create();
        error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(network, _rows.ToExamples(), null, Options(new AdaGradOptimizer(), 1, adam.CreateState(network))));
        Assert.Contains("The optimizer is of the kind AdaGrad and remembers 1 numbers", error.Message);
    }

    private static Network Create() => Network.Create(5, [8], 3, Activation.Tanh);

    private static double Distance(float[] expected, float[] actual) => expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();

    private static TrainingOptions Options(
        Optimizer optimizer, int epochs, OptimizerState? state = null, bool warmStart = false, bool normalize = true, int batchSize = 1000,
        LearningRateSchedule? schedule = null) => new()
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer,
            OptimizerState = state,
            LearningRateSchedule = schedule ?? LearningRateSchedule.Constant,
            NumberOfEpochs = epochs,
            BatchSize = batchSize,
            Patience = 40,
            WarmStart = warmStart,
            NormalizeFeatures = normalize,
            Seed = 1,
            NumberOfThreads = 1,
        };
}
