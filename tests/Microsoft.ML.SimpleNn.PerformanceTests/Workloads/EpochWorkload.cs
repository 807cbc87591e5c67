using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>Epochs of the training loop on dense rows, with Adam: gathering of minibatches included, standardising and validation left out.</summary>
/// <param name="Sizes">The features, the units of each hidden layer, the classes.</param>
/// <param name="Rows">The rows of an epoch.</param>
/// <param name="BatchSize">The rows of a minibatch.</param>
internal sealed record EpochWorkload(int[] Sizes, int Rows, int BatchSize)
{
    private const int Seed = 1;
    private const int LeastEpochs = 3;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.3);

    /// <summary>Runs epochs for a while.</summary>
    /// <returns>Seconds of the fastest epoch after the first.</returns>
    public double Measure(int threads)
    {
        var random = new Random(Seed);
        float[] features = new float[(long)Rows * Sizes[0]], classes = new float[Rows];
        for (int i = 0; i < features.Length; i++) features[i] = random.NextSingle();
        for (int row = 0; row < Rows; row++) classes[row] = random.Next(Sizes[^1]);

        var ends = new EpochEnds();
        TrainingLoop.Run(Network.Create(Sizes[0], Sizes.AsSpan(1..^1), Sizes[^1]), new DenseExamples(features, Sizes[0], classes), validation: null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            NormalizeFeatures = false,
            NumberOfEpochs = int.MaxValue,
            BatchSize = BatchSize,
            NumberOfThreads = threads,
            Progress = ends,
        });
        return ends.Fastest;
    }

    /// <summary>The operations of the matrix products in an epoch, a multiply-add counted as two.</summary>
    public double Operations => 2.0 * Rows * Sizes.Zip(Sizes.Skip(1), (inputs, outputs) => 3.0 * inputs * outputs).Sum() - (2.0 * Rows * Sizes[0] * Sizes[1]);

    private sealed class EpochEnds : IProgress<EpochMetrics>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _last;

        public double Fastest { get; private set; } = double.MaxValue;

        public void Report(EpochMetrics value)
        {
            if (value.Epoch > 1) Fastest = Math.Min(Fastest, Stopwatch.GetElapsedTime(_last).TotalSeconds);
            if (value.Epoch >= LeastEpochs && Stopwatch.GetElapsedTime(_start) > Enough) value.Stop();
            _last = Stopwatch.GetTimestamp();
        }
    }
}
