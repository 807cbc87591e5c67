using Microsoft.ML.SimpleNn.Kernels;
using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Training on sparse rows is training on the same rows with their zeros.</summary>
[TestClass]
public sealed class SparseTrainingTests
{
    private const int Rows = 240;
    private const int Features = 60;
    private const int Classes = 3;
    private readonly float[] _classes = [.. Enumerable.Range(0, Rows).Select(row => row * 7 % 5 % (float)Classes)];

    public static IEnumerable<object[]> Runs =>
        from optimizer in new Optimizer[]
        {
            new SgdOptimizer { LearningRate = 0.1f },
            new SgdOptimizer { LearningRate = 0.02f, Momentum = 0.9f },
            new SgdOptimizer { LearningRate = 0.02f, Momentum = 0.9f, Nesterov = true },
            new AdamOptimizer(),
            new AdamOptimizer { AmsGrad = true },
            new AdamWOptimizer { WeightDecay = 0.1f },
            new AdaGradOptimizer(),
            new RmsPropOptimizer(),
            new AdaDeltaOptimizer(),
        }
        from schedule in new[] { LearningRateSchedule.Constant, LearningRateSchedule.Cosine }
        select new object[] { optimizer, schedule };

    /// <summary>
    /// The loss feeds each rounding back into the next step's gradient, 600 times, and Adam divides small gradients by small roots: training in float
    /// differs from training in double precision by up to 2.4e-6 of the largest weight on dense rows, and by up to 2.3e-6 on sparse ones.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void Trained_weights_are_those_of_double_precision_and_no_farther_from_them_than_by_dense_rows(Optimizer optimizer, LearningRateSchedule schedule)
    {
        float[] x = Draw();
        Network dense = Train(new DenseExamples(x, Features, _classes), optimizer, schedule);
        Network sparse = Train(SparseSamples.ToExamples(x, Features, _classes), optimizer, schedule);
        double[] exact = DoubleTraining.Run(Create(), x, _classes, Options(optimizer, schedule, epochs: 5, batchSize: 2));

        RelativeDifference.AssertWithin(3e-6, exact, sparse.AllWeights(), "weights");
        RelativeDifference.AssertWithin(optimizer is AdamOptimizer ? 3e-6 : 1e-6, Array.ConvertAll(dense.AllWeights(), w => (double)w), sparse.AllWeights(), "weights of dense rows");
        RelativeDifference.AssertNoFarther(exact, dense.AllWeights(), sparse.AllWeights(), "weights");
    }

    [TestMethod]
    public void A_first_step_gives_the_bits_of_dense_rows()
    {
        float[] x = Draw();
        ExampleSet[] sets = [new DenseExamples(x, Features, _classes), SparseSamples.ToExamples(x, Features, _classes)];
        (float[] Outputs, float[] Weights, float[] Biases)[] results = Array.ConvertAll(sets, examples =>
        {
            var network = Network.Create(Features, [100], Classes, Activation.GELU);
            network.Initialize(null, seed: 1);
            using var workspace = examples.CreateWorkspace(network, 100, threads: 2);
            OptimizerState state = new AdamOptimizer().CreateState(network, examples.IsSparse);
            examples.Gather([.. Enumerable.Range(50, 100)], null, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            network.Backward(workspace);
            return (workspace.GetOutputs(1), workspace.GetWeightGradient(0), workspace.GetBiasGradient(0));
        });

        Bits.AssertEqual(results[0].Outputs, results[1].Outputs, "outputs");
        Bits.AssertEqual(results[0].Weights, results[1].Weights, "weight gradient");
        Bits.AssertEqual(results[0].Biases, results[1].Biases, "bias gradient");
    }

    [TestMethod]
    public void Training_rows_and_validation_rows_may_have_different_forms()
    {
        float[] x = Draw();
        ExampleSet dense = new DenseExamples(x, Features, _classes), sparse = SparseSamples.ToExamples(x, Features, _classes);
        double?[] losses = [.. from training in new[] { dense, sparse } from validation in new[] { dense, sparse } select LastValidationLoss(training, validation)];

        foreach (double? loss in losses) Assert.AreEqual(losses[0]!.Value, loss!.Value, 1e-6);
        double? LastValidationLoss(ExampleSet training, ExampleSet validation) =>
            TrainingLoop.Run(Network.Create(Features, [10], Classes), training, validation, Options(new AdamOptimizer(), LearningRateSchedule.Constant, epochs: 3)).Epochs[^1].ValidationLoss;
    }

    [TestMethod]
    public void A_run_that_is_abandoned_within_an_epoch_leaves_the_weights_of_its_last_step()
    {
        float[] x = Draw();
        Network dense = Abandoned(new DenseExamples(x, Features, _classes)), sparse = Abandoned(SparseSamples.ToExamples(x, Features, _classes));

        RelativeDifference.AssertWithin(2e-6, Array.ConvertAll(dense.AllWeights(), w => (double)w), sparse.AllWeights(), "weights");

        static Network Abandoned(ExampleSet examples)
        {
            var network = Network.Create(Features, [10], Classes);
            int steps = 0;
            TrainingOptions options = Options(new AdamOptimizer(), LearningRateSchedule.Constant, epochs: 3, poll: () =>
            {
                if (++steps == 70) throw new InvalidOperationException("enough");
            });
            Assert.ThrowsExactly<InvalidOperationException>(() => TrainingLoop.Run(network, examples, null, options));
            return network;
        }
    }

    /// <summary>Dense, a minibatch would take 2 GB, and weights, gradient, moments and best weights 0.3 GB: only what occurs may cost.</summary>
    [TestMethod]
    [DoNotParallelize] // other tests' allocations would count
    public void Memory_does_not_follow_rows_times_features()
    {
        const int Many = 1_000_000, Count = 500;
        var random = new Random(1);
        int[] indices = [.. Enumerable.Range(0, Count).SelectMany(_ => Enumerable.Range(0, 20).Select(_ => random.Next(Many)).Distinct().Order().Take(10))];
        var examples = new SparseExamples(
            [.. Enumerable.Range(0, Count + 1).Select(row => 10L * row)], indices, [.. indices.Select(i => 1f + i % 2)], Many,
            [.. Enumerable.Range(0, Count).Select(row => row % 2f)]);
        var network = Network.Create(Many, [4], 2);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        TrainingLoop.Run(network, examples, null, Options(new AdamOptimizer(), LearningRateSchedule.Constant, epochs: 20, batchSize: 500));

        // Four units are padded to 16: 64 MB each of weights, best weights, and weights with two moments.
        Assert.IsLessThan(500L << 20, GC.GetTotalAllocatedBytes(precise: true) - before);
        float[] y = new float[2];
        int right = 0;
        for (int row = 0; row < Count; row++)
        {
            network.Predict(indices.AsSpan(row * 10, 10), Array.ConvertAll(indices[(row * 10)..((row + 1) * 10)], i => 1f + i % 2), y);
            if (y[row % 2] > y[1 - row % 2]) right++;
        }

        Assert.IsGreaterThan(0.95 * Count, right); // each row has features of its own, so they can be learned by heart
    }

    /// <summary>Feature k occurs in about 1 / k of the rows, the last ones once or never.</summary>
    private static float[] Draw()
    {
        var random = new Random(1);
        var x = new float[Rows * Features];
        for (int i = 0; i < x.Length; i++)
        {
            if (random.NextDouble() < 1.0 / (1 + i % Features)) x[i] = (float)(0.5 + random.NextDouble());
        }

        return x;
    }

    private static Network Create() => Network.Create(Features, [20], Classes, Activation.Tanh);

    private static Network Train(ExampleSet examples, Optimizer optimizer, LearningRateSchedule schedule)
    {
        Network network = Create();
        TrainingLoop.Run(network, examples, null, Options(optimizer, schedule, epochs: 5, batchSize: 2));
        return network;
    }

    private static TrainingOptions Options(Optimizer optimizer, LearningRateSchedule schedule, int epochs, Action? poll = null, int batchSize = 8) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = optimizer,
        LearningRateSchedule = schedule,
        NumberOfEpochs = epochs,
        BatchSize = batchSize,
        NormalizeFeatures = false, // dense features would be shifted by their means
        NumberOfThreads = 1,
        Poll = poll,
    };
}
