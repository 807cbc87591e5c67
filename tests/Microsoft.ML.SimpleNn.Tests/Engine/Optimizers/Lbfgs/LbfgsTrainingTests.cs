namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Networks trained with L-BFGS: against the normal equations, against Adam, and what the run says.</summary>
[TestClass]
public sealed class LbfgsTrainingTests
{
    [TestMethod]
    [DataRow(0f)]
    [DataRow(5f)]
    public void A_linear_model_is_the_solution_of_the_normal_equations(float alpha)
    {
        const int rows = 40, features = 4;
        float[] x = Kernels.Samples.Create(rows * features, seed: 1), y = Kernels.Samples.Create(rows, seed: 2);
        Network network = Network.Create(features, [], 1);
        TrainingHistory history = TrainingLoop.Run(network, new DenseExamples(x, features, y), null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new LbfgsOptimizer { ProgressTolerance = 0 },
            L2Regularization = alpha,
            NumberOfEpochs = 100,
            BatchSize = 7,
            NormalizeFeatures = false,
            NumberOfThreads = 1,
        });

        // The slope of sum (y - x w - b)^2 / n + alpha / (2 n) w w is zero where (X^T X + alpha / 2) w = X^T y; the bias has no alpha.
        double[] solution = LeastSquares(x, y, features, alpha / 2);
        RelativeDifference.AssertWithin(1e-4, solution, [.. network.AllWeights()], "weights and bias");
        Assert.AreEqual(StopReason.Converged, history.StopReason);
        double loss = DoubleLoss.Mean(Loss.SquaredError, new DoubleNetwork(network).Forward(x), y, [.. y.Select(_ => 1f)]);
        Assert.AreEqual(loss, history.Epochs[^1].TrainingLoss, 1e-6, "the loss is reported without the penalty");
    }

    [TestMethod]
    public void A_classifier_s_loss_is_lower_than_Adam_s_after_as_many_passes()
    {
        var rows = new SampleRows(100, noise: 4);
        Network quasiNewton = Network.Create(5, [8], 3, Activation.Tanh), adam = Network.Create(5, [8], 3, Activation.Tanh);
        int passes = 0;
        TrainingLoop.Run(quasiNewton, rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 40, batchSize: 100, poll: () => passes++));
        TrainingLoop.Run(adam, rows.ToExamples(), null, Options(new AdamOptimizer { LearningRate = 0.01f }, epochs: passes, batchSize: 100));

        Assert.IsLessThan(0.5 * rows.LossOf(adam), rows.LossOf(quasiNewton));
    }

    [TestMethod]
    public void Exclusive_or_is_learned()
    {
        float[] x = [0, 0, 0, 1, 1, 0, 1, 1], y = [0, 1, 1, 0];
        Network network = Network.Create(2, [4], 1, Activation.Tanh);
        TrainingHistory history = TrainingLoop.Run(network, new DenseExamples(x, 2, y), null, new TrainingOptions
        {
            Loss = Loss.SigmoidCrossEntropy,
            Optimizer = new LbfgsOptimizer(),
            NumberOfEpochs = 100,
            Seed = 1,
            NumberOfThreads = 1,
        });

        Assert.IsLessThan(0.01, history.Epochs[^1].TrainingLoss);
        CollectionAssert.AreEqual(new[] { false, true, true, false }, network.Predict(x).Select(logit => logit > 0).ToArray());
    }

    [TestMethod]
    public void The_loss_falls_in_every_iteration_whatever_the_minibatch_and_the_schedule()
    {
        var rows = new SampleRows(60, noise: 4);
        Network small = Network.Create(5, [8], 3, Activation.Tanh), large = Network.Create(5, [8], 3, Activation.Tanh);
        TrainingHistory history = TrainingLoop.Run(small, rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 8, batchSize: 7));
        TrainingLoop.Run(large, rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 8, batchSize: 60, schedule: LearningRateSchedule.Cosine));

        foreach ((EpochMetrics earlier, EpochMetrics later) in history.Epochs.Zip(history.Epochs.Skip(1))) Assert.IsLessThan(earlier.TrainingLoss, later.TrainingLoss);
        Assert.AreEqual(StopReason.Completed, history.StopReason);
        RelativeDifference.AssertWithin(1e-3, Array.ConvertAll(large.AllWeights(), w => (double)w), small.AllWeights(), "weights");
    }

    [TestMethod]
    public void Early_stopping_restores_the_best_iteration()
    {
        SampleRows training = new(40, noise: 10), validation = new(40, noise: 10, seed: 2);
        Network network = Network.Create(5, [20], 3, Activation.Tanh);
        TrainingHistory history = TrainingLoop.Run(network, training.ToExamples(), validation.ToExamples(), Options(new LbfgsOptimizer(), epochs: 200));

        Assert.AreEqual(StopReason.EarlyStopping, history.StopReason);
        Assert.IsLessThan(history.Epochs.Count, history.BestEpoch);
        Assert.AreEqual(validation.LossOf(network), history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value, 1e-5);
    }

    [TestMethod]
    public void A_cancelled_run_keeps_the_best_weights_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = new SampleRows(60, noise: 4);
        Network network = Network.Create(5, [8], 3);
        int polls = 0;
        TrainingHistory history = TrainingLoop.Run(network, rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 50, cancellation: cancellation.Token, poll: () =>
        {
            if (++polls == 40) cancellation.Cancel();
        }));

        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.AreEqual(history.Epochs[^1].TrainingLoss, rows.LossOf(network), 1e-5);
    }

    [TestMethod]
    public void The_listener_can_end_the_run()
    {
        var rows = new SampleRows(60, noise: 4);
        TrainingHistory history = TrainingLoop.Run(Network.Create(5, [8], 3), rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 50, progress: new StopAfter(3)));

        Assert.AreEqual(StopReason.StopRequested, history.StopReason);
        Assert.HasCount(3, history.Epochs);
    }

    [TestMethod]
    public void The_time_budget_ends_the_run_after_an_iteration()
    {
        var rows = new SampleRows(60, noise: 4);
        TrainingHistory history = TrainingLoop.Run(
            Network.Create(5, [8], 3), rows.ToExamples(), null, Options(new LbfgsOptimizer(), epochs: 50, budget: TimeSpan.FromTicks(1)));

        Assert.AreEqual(StopReason.TimeBudget, history.StopReason);
        Assert.HasCount(1, history.Epochs);
    }

    [TestMethod]
    public void Sparse_rows_train_as_the_same_rows_dense()
    {
        const int rows = 40, features = 30;
        float[] dense = Array.ConvertAll(Kernels.Samples.Create(rows * features, seed: 1), value => value > 0.5f ? value : 0);
        float[] classes = [.. Enumerable.Range(0, rows).Select(row => row % 3f)];
        int[] at = [.. Enumerable.Range(0, dense.Length).Where(i => dense[i] != 0)];
        var sparse = new SparseExamples(
            [.. Enumerable.Range(0, rows + 1).Select(row => (long)at.Count(i => i < row * features))], [.. at.Select(i => i % features)], [.. at.Select(i => dense[i])], features, classes);
        Network fromSparse = Network.Create(features, [50], 3, Activation.Tanh), fromDense = Network.Create(features, [50], 3, Activation.Tanh);
        TrainingLoop.Run(fromSparse, sparse, null, Options(new LbfgsOptimizer(), epochs: 5, batchSize: 16, l2: 0.5f, normalize: false));
        TrainingLoop.Run(fromDense, new DenseExamples(dense, features, classes), null, Options(new LbfgsOptimizer(), epochs: 5, batchSize: 16, l2: 0.5f, normalize: false));

        RelativeDifference.AssertWithin(1e-4, Array.ConvertAll(fromDense.AllWeights(), w => (double)w), fromSparse.AllWeights(), "weights");
    }

    [TestMethod]
    public void Options_that_change_the_loss_from_step_to_step_are_refused()
    {
        Refuses("InputDropout", new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new LbfgsOptimizer(), InputDropout = 0.1f });
        Refuses("Dropout", new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new LbfgsOptimizer(), Dropout = 0.1f });
        Refuses("MaximumGradientNorm", new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new LbfgsOptimizer(), MaximumGradientNorm = 1 });
        Refuses("OptimizerState", new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new LbfgsOptimizer(),
            OptimizerState = new LbfgsOptimizer().CreateState(Network.Create(5, [4], 3)),
        });
        Refuses("MaximumWeightNorm", new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new LbfgsOptimizer(), MaximumWeightNorm = 1 });
    }

    [TestMethod]
    public void A_single_step_is_refused()
    {
        var optimizer = new LbfgsOptimizer();
        Network network = Network.Create(2, [], 1);
        using var workspace = new Workspace(network, 1);
        Assert.Contains("TrainingLoop.Run", Assert.ThrowsExactly<NotSupportedException>(() => optimizer.Step(network, workspace, optimizer.CreateState(network))).Message);
    }

    private static void Refuses(string option, TrainingOptions options)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(Network.Create(5, [4], 3), new SampleRows(30).ToExamples(), null, options));
        Assert.Contains($"so that {option} does not go with it", error.Message);
    }

    private static TrainingOptions Options(
        Optimizer optimizer, int epochs, int batchSize = 20, LearningRateSchedule? schedule = null, Action? poll = null,
        IProgress<EpochMetrics>? progress = null, TimeSpan? budget = null, float l2 = 0, bool normalize = true, CancellationToken cancellation = default) => new()
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer,
            LearningRateSchedule = schedule ?? LearningRateSchedule.Constant,
            NumberOfEpochs = epochs,
            BatchSize = batchSize,
            Seed = 1,
            NumberOfThreads = 1,
            Poll = poll,
            Progress = progress,
            TimeBudget = budget,
            L2Regularization = l2,
            NormalizeFeatures = normalize,
            CancellationToken = cancellation,
        };

    /// <summary>Asks for the end when so many epochs have ended.</summary>
    private sealed class StopAfter(int epochs) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value)
        {
            if (value.Epoch == epochs) value.Stop();
        }
    }

    /// <summary>The weights and the intercept that make the squared error with this ridge least, by Gaussian elimination.</summary>
    private static double[] LeastSquares(float[] x, float[] y, int features, double ridge)
    {
        int n = features + 1, rows = y.Length;
        double At(int row, int i) => i < features ? x[row * features + i] : 1;
        var a = new double[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) a[i, j] = Enumerable.Range(0, rows).Sum(row => At(row, i) * At(row, j)) + (i == j && i < features ? ridge : 0);
            a[i, n] = Enumerable.Range(0, rows).Sum(row => At(row, i) * y[row]);
        }

        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int i = 0; i < n; i++)
            {
                if (i == pivot) continue;
                double factor = a[i, pivot] / a[pivot, pivot];
                for (int j = pivot; j <= n; j++) a[i, j] -= factor * a[pivot, j];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i, n] / a[i, i])];
    }
}
