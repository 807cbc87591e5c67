namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The loop over minibatches and the scoring allocate nothing once they are warm.</summary>
/// <remarks>
/// When the runtime collects garbage, it takes away the rest of each thread's allocation buffer, and its counter shows that as allocated. So
/// the tests run alone, and measure several times: code that allocates does so each time.
/// </remarks>
[TestClass]
[DoNotParallelize]
public sealed class AllocationTests
{
    private const int Rows = 90;
    private const int Features = 40;
    private const int BatchSize = 16;
    private const int BatchesPerEpoch = 6; // the last one has 10 rows
    private const int Epochs = 4;
    private const int StreamedEpochs = 30;

    public static IEnumerable<object[]> Runs =>
        from threads in new[] { 1, 2 }
        from rows in new[] { "dense", "bytes", "sparse", "streamed", "streamed sparse" }
        from optimizer in new[] { "sgd", "adam", "amsgrad" }
        from regularized in new[] { false, true }
        select new object[] { threads, rows, optimizer, regularized };

    /// <summary>
    /// Where rows are streamed, the minibatch that begins a pool makes a task and a set for the next pool. Pools begin at random, so that each
    /// minibatch is within one in some of many epochs.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void The_training_loop_allocates_nothing_from_minibatch_to_minibatch(int threads, string rows, string optimizer, bool regularized)
    {
        int epochs = rows.StartsWith("streamed", StringComparison.Ordinal) ? StreamedEpochs : Epochs;
        var allocated = new long[epochs * BatchesPerEpoch];
        int poll = 0;
        TrainingLoop.Run(Network.Create(Features, [300, 100], 3, Activation.GELU), Examples(rows), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer switch
            {
                "sgd" => new SgdOptimizer { Momentum = 0.9f },
                "adam" => new AdamOptimizer(),
                _ => new AdamWOptimizer { AmsGrad = true },
            },
            LearningRateSchedule = regularized ? LearningRateSchedule.ReduceOnPlateau() : LearningRateSchedule.Cosine,
            NumberOfEpochs = epochs,
            BatchSize = BatchSize,
            NumberOfThreads = threads,
            L1Regularization = regularized ? 0.1f : 0,
            L2Regularization = regularized ? 0.1f : 0,
            InputDropout = regularized ? 0.2f : 0,
            Dropout = regularized ? 0.5f : 0,
            MaximumGradientNorm = regularized ? 0.01f : null,
            MaximumWeightNorm = regularized ? 0.1f : null,
            Poll = () => allocated[poll++] = GC.GetAllocatedBytesForCurrentThread(),
        });

        // The first epoch warms up; between the last poll of an epoch and the first of the next lie the epoch's metrics.
        Assert.AreEqual(allocated.Length, poll);
        for (int batch = 1; batch < BatchesPerEpoch; batch++)
        {
            long[] bytes = [.. Enumerable.Range(1, epochs - 1).Select(epoch => epoch * BatchesPerEpoch + batch).Select(i => allocated[i] - allocated[i - 1])];
            Assert.AreEqual(0, bytes.Min(), $"bytes in minibatch {batch + 1} of the epochs from the second on: {string.Join(", ", bytes)}");
        }
    }

    [TestMethod]
    public void Scoring_allocates_nothing_once_its_buffers_are_there()
    {
        var network = Network.Create(Features, [100, 50], 3);
        network.Initialize(null, seed: 1);
        float[] x = Kernels.Samples.Create(300 * Features, seed: 1), y = new float[300 * 3];
        void Score()
        {
            network.Predict(x, 300, y);
            network.Predict(x.AsSpan(0, Features), 1, y.AsSpan(0, 3));
            Loss.SoftmaxCrossEntropy.ToPrediction(y, 300, 3);
            Loss.SigmoidCrossEntropy.ToPrediction(y, 300, 3);
        }

        var bytes = new long[10];
        for (int i = 0; i < bytes.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int call = 0; call < 10; call++) Score();
            bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.AreEqual(0, bytes[1..].Min(), $"bytes in ten calls, after the first ten: {string.Join(", ", bytes[1..])}");
    }

    private static ExampleSource Examples(string rows)
    {
        float[] classes = [.. Enumerable.Range(0, Rows).Select(row => row % 3f)], features = Kernels.Samples.Create(Rows * Features, seed: 1);
        return rows switch
        {
            "dense" => new DenseExamples(features, Features, classes),
            "bytes" => new ByteExamples([.. features.Select((_, i) => (byte)(i * 37 % 251))], Features, classes),
            "sparse" => Sparse(classes),
            _ => new StreamedExamples(new ArrayStream(features, Features, classes), sparse: rows == "streamed sparse", Rows, poolBytes: 3 * BatchSize * sizeof(float) * 2 * (Features + 2)),
        };
    }

    private static SparseExamples Sparse(float[] classes) => new(
        [.. Enumerable.Range(0, Rows + 1).Select(row => 2L * row)],
        [.. Enumerable.Range(0, 2 * Rows).Select(i => i % 2 * 20 + i % 17)],
        Kernels.Samples.Create(2 * Rows, seed: 1),
        Features,
        classes);
}
