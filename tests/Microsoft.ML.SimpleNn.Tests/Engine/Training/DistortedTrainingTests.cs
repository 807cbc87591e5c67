using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Training on images that are distorted anew in each epoch.</summary>
[TestClass]
public sealed class DistortedTrainingTests
{
    private const int Rows = 120, Features = 48, Classes = 3, BatchSize = 40, Pool = 2 * BatchSize;

    private static readonly ImageShape Shape = new(6, 8);
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, Rows * Features).Select(i => (byte)(SplitMix64.Mix((ulong)i) >> 56))];
    private static readonly float[] Floats = [.. Pixels.Select(pixel => (float)pixel)];
    private static readonly float[] Labels = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % Classes))];

    public static IEnumerable<object[]> Sources => new[] { "floats", "bytes", "streamed" }.Select(source => new object[] { source });

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void Any_number_of_threads_trains_the_same_weights(string source)
    {
        float[] one = Train(source, new ImageDistortion(), threads: 1);

        Bits.AssertEqual(one, Train(source, new ImageDistortion(), threads: 2), "2 threads");
        Bits.AssertEqual(one, Train(source, new ImageDistortion(), threads: 3), "3 threads");
    }

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void The_weights_are_others_than_without(string source) => CollectionAssert.AreNotEqual(Train(source, null), Train(source, new ImageDistortion()));

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void Settings_of_nothing_train_as_without_them(string source) => Bits.AssertEqual(Train(source, null), Train(source, Distorted.Nothing), "weights");

    [TestMethod]
    public void Images_stored_as_bytes_train_as_floats() => Bits.AssertEqual(Train("floats", new ImageDistortion()), Train("bytes", new ImageDistortion()), "weights");

    [TestMethod]
    public void A_row_without_weight_trains_as_if_absent()
    {
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => row % 4 == 1 ? 0f : 1f)];
        int[] others = [.. Enumerable.Range(0, Rows).Where(row => weights[row] > 0)];
        float[] features = [.. others.SelectMany(row => Floats[(row * Features)..((row + 1) * Features)])], labels = [.. others.Select(row => Labels[row])];

        Bits.AssertEqual(Train(new DenseExamples(features, Features, labels)), Train(new DenseExamples(Floats, Features, Labels, weights)), "weights");
    }

    [TestMethod]
    public void Validation_rows_are_not_distorted()
    {
        Network network = CreateNetwork();
        TrainingHistory history = TrainingLoop.Run(network, new DenseExamples(Floats, Features, Labels), new DenseExamples(Floats, Features, Labels), Options(new ImageDistortion()));

        float[] outputs = network.Predict(Floats);
        Loss.SoftmaxCrossEntropy.ToPrediction(outputs, Rows, Classes);
        double loss = Enumerable.Range(0, Rows).Average(row => -Math.Log(outputs[row * Classes + (int)Labels[row]]));
        Assert.AreEqual(loss, history.Epochs[^1].ValidationLoss!.Value, 1e-5 * loss);
        Assert.IsGreaterThan(1e-3, Math.Abs(history.Epochs[^1].TrainingLoss - loss), "the rows as trained on are others");
    }

    [TestMethod]
    public void Each_epoch_and_each_row_has_a_picture_of_its_own()
    {
        float[] image = [.. Enumerable.Range(0, Features).Select(i => (float)(i * i % 29))];
        var same = new DenseExamples([.. Enumerable.Range(0, 5).SelectMany(_ => image)], Features, new float[5]);
        string[] first = Gather(seed: 1, epochs: 1), second = Gather(seed: 1, epochs: 2), otherSeed = Gather(seed: 2, epochs: 1);

        Assert.HasCount(15, first.Concat(second).Concat(otherSeed).Distinct());
        CollectionAssert.AreEqual(first, Gather(seed: 1, epochs: 1), "the same again");
        CollectionAssert.AreEqual(first, Gather(seed: 1, epochs: 1, rows: [4, 3, 2, 1, 0]).Reverse().ToArray(), "whatever the order");

        string[] Gather(int seed, int epochs, int[]? rows = null)
        {
            using var images = new DistortedImages(new ImageDistortion(), Shape, seed, threads: 1);
            using var workspace = new Workspace(CreateNetwork(), 5);
            for (int i = 0; i < epochs; i++) images.BeginEpoch();
            same.Gather(rows ?? [0, 1, 2, 3, 4], null, workspace, null, images);
            return [.. workspace.Batch.Features.Span[..(5 * Features)].ToArray().Chunk(Features).Select(row => string.Join(' ', row))];
        }
    }

    [TestMethod]
    public void A_pool_of_an_epoch_is_distorted_as_the_rows_that_it_has()
    {
        var all = new DenseExamples(Floats, Features, Labels);
        var pool = new DenseExamples(Floats[(70 * Features)..], Features, Labels[70..]);

        CollectionAssert.AreEqual(Gather(all, [75, 80], firstRow: 0), Gather(pool, [5, 10], firstRow: 70));

        static float[] Gather(ExampleSet examples, int[] rows, long firstRow)
        {
            using var images = new DistortedImages(new ImageDistortion(), Shape, seed: 1, threads: 1);
            using var workspace = new Workspace(CreateNetwork(), rows.Length);
            images.BeginEpoch();
            examples.Gather(rows, null, workspace, null, images, firstRow);
            return workspace.Batch.Features.Span[..(rows.Length * Features)].ToArray();
        }
    }

    [TestMethod]
    public void The_input_stage_comes_after_the_distortion()
    {
        var examples = new DenseExamples(Floats, Features, Labels);
        InputStage stage = InputStageRules.Measure(examples, ColumnHints.None, bounded: true, marked: true, classes: 0, threads: 1);
        float[] distorted = Gather(examples, null);

        Bits.AssertEqual(Gather(examples, stage), Plain(new DenseExamples(distorted, Features, Labels), stage), "inputs");

        static float[] Gather(ExampleSet examples, InputStage? stage)
        {
            using var images = new DistortedImages(new ImageDistortion(), Shape, seed: 1, threads: 2);
            using var workspace = new Workspace(CreateNetwork(), Rows, threads: 2);
            images.BeginEpoch();
            examples.Gather([.. Enumerable.Range(0, Rows)], stage, workspace, null, images);
            return workspace.Batch.Features.Span.ToArray();
        }

        static float[] Plain(ExampleSet examples, InputStage stage)
        {
            using var workspace = new Workspace(CreateNetwork(), Rows);
            examples.Gather([.. Enumerable.Range(0, Rows)], stage, workspace);
            return workspace.Batch.Features.Span.ToArray();
        }
    }

    [TestMethod]
    public void What_cannot_be_distorted_is_refused_with_the_remedy()
    {
        var rows = new DenseExamples(Floats, Features, Labels);
        var distortion = new ImageDistortion();
        var sparse = new SparseExamples([0, 1, 2], [3, 4], [1, 2], Features, [0, 1]);

        AssertRefused("ImageDistortion needs to know how the pixels lie in a row: set ImageShape", rows, new() { Loss = Loss.SoftmaxCrossEntropy, ImageDistortion = distortion });
        AssertRefused("ImageShape is 7 x 7 pixels of 1, but the rows have 48 features", rows, new() { Loss = Loss.SoftmaxCrossEntropy, ImageDistortion = distortion, ImageShape = new ImageShape(7, 7) });
        AssertRefused("ImageDistortion needs to know", rows, new() { Loss = Loss.SoftmaxCrossEntropy, ImageDistortion = distortion, ImageShape = default(ImageShape) });
        AssertRefused("give dense rows, or leave it out", sparse, Options(distortion));
        AssertRefused("so that ImageDistortion does not go with it", rows, new() { Loss = Loss.SoftmaxCrossEntropy, ImageDistortion = distortion, ImageShape = Shape, Optimizer = new LbfgsOptimizer() });

        var copies = new DenseExamples(Floats, Features, targets: null);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(
            Network.Create(Features, [4], Features), copies, null, new TrainingOptions { Loss = Loss.SquaredError, ImageDistortion = distortion, ImageShape = Shape }));
        Assert.Contains("does not go with an autoencoder", error.Message);

        static void AssertRefused(string message, ExampleSource rows, TrainingOptions options) =>
            Assert.Contains(message, Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(CreateNetwork(), rows, null, options)).Message);
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow(1)]
    [DataRow(2)]
    public void The_training_loop_allocates_nothing_from_minibatch_to_minibatch(int threads)
    {
        const int Epochs = 5, Batches = Rows / BatchSize;
        var allocated = new List<long>(Epochs * Batches);
        TrainingOptions options = Options(new ImageDistortion(), threads, () => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));
        TrainingLoop.Run(CreateNetwork(), new ByteExamples(Pixels, Features, Labels), null, options);

        for (int batch = 1; batch < Batches; batch++)
            Assert.AreEqual(0, Enumerable.Range(1, Epochs - 1).Select(epoch => epoch * Batches + batch).Min(i => allocated[i] - allocated[i - 1]), $"minibatch {batch + 1}");
    }

    private static Network CreateNetwork() => Network.Create(Features, [16], Classes);

    private static TrainingOptions Options(ImageDistortion? distortion, int threads = 1, Action? poll = null) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = new AdamOptimizer { LearningRate = 0.01f },
        NumberOfEpochs = 5,
        BatchSize = BatchSize,
        EarlyStopping = false,
        NumberOfThreads = threads,
        ImageDistortion = distortion,
        ImageShape = Shape,
        Poll = poll,
    };

    private static float[] Train(string source, ImageDistortion? distortion, int threads = 1) => Train(
        source switch
        {
            "floats" => new DenseExamples(Floats, Features, Labels),
            "bytes" => new ByteExamples(Pixels, Features, Labels),
            _ => new StreamedExamples(new ArrayStream(Floats, Features, Labels), sparse: false, Rows, poolBytes: Pool * sizeof(float) * (Features + 2)),
        },
        Options(distortion, threads));

    private static float[] Train(ExampleSource rows, TrainingOptions? options = null)
    {
        Network network = CreateNetwork();
        TrainingLoop.Run(network, rows, null, options ?? Options(new ImageDistortion()));
        return network.AllWeights();
    }
}
