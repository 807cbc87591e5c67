using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Features stored as bytes train as the same features stored as floats, bit for bit.</summary>
[TestClass]
public sealed class ByteExamplesTests
{
    private const int Rows = 300;
    private const int Features = 37;
    private const int Classes = 3;
    private static readonly byte[] Pixels = CreatePixels();
    private static readonly float[] Labels = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % Classes))];
    private static readonly float[] Weights = [.. Enumerable.Range(0, Rows).Select(row => row % 4 / 2f)];

    [TestMethod]
    [DataRow(1, true, DisplayName = "1 thread")]
    [DataRow(3, true, DisplayName = "3 threads")]
    [DataRow(2, false, DisplayName = "not standardised")]
    public void The_weights_are_those_of_floats(int threads, bool normalize)
    {
        int[] training = [.. Enumerable.Range(0, Rows).Where(row => row % 5 != 0)], held = [.. Enumerable.Range(0, Rows).Where(row => row % 5 == 0)];
        (Network network, TrainingHistory history) = Train(new ByteExamples(Pixels, Features, Labels, Weights));
        (Network expected, TrainingHistory expectedHistory) = Train(new DenseExamples(Floats(), Features, Labels, Weights));

        Bits.AssertEqual(expected.AllWeights(), network.AllWeights(), "weights");
        Assert.AreEqual(expectedHistory.Epochs[^1].ValidationLoss, history.Epochs[^1].ValidationLoss);

        (Network, TrainingHistory) Train(ExampleSet rows)
        {
            var trained = Network.Create(Features, [16], Classes);
            return (trained, TrainingLoop.Run(trained, rows.Subset(training), rows.Subset(held), new TrainingOptions
            {
                Loss = Loss.SoftmaxCrossEntropy,
                NumberOfEpochs = 3,
                BatchSize = 20,
                NumberOfThreads = threads,
                NormalizeFeatures = normalize,
            }));
        }
    }

    [TestMethod]
    public void An_autoencoders_weights_are_those_of_floats()
    {
        Bits.AssertEqual(Train(new DenseExamples(Floats(), Features, targets: null)), Train(new ByteExamples(Pixels, Features, targets: null)), "weights");

        static float[] Train(ExampleSet rows)
        {
            var network = Network.Create(Features, [5], Features);
            TrainingLoop.Run(network, rows, null, new TrainingOptions { Loss = Loss.SquaredError, NumberOfEpochs = 2, BatchSize = 16 });
            return network.AllWeights();
        }
    }

    [TestMethod]
    public void Copied_features_are_the_bytes()
    {
        var copy = new float[Features];
        new ByteExamples(Pixels, Features, Labels).Subset([7, 9]).CopyFeatures(1, copy);

        CollectionAssert.AreEqual(Floats()[(9 * Features)..(10 * Features)], copy);
    }

    private static float[] Floats() => [.. Pixels.Select(pixel => (float)pixel)];

    private static byte[] CreatePixels()
    {
        var pixels = new byte[Rows * Features];
        new Random(5).NextBytes(pixels);
        return pixels;
    }
}
