namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Rows that are read anew in each epoch are trained on as rows in memory are, but for their order.</summary>
[TestClass]
public sealed class StreamedExamplesTests
{
    private const int Features = 5;
    private const int Rows = 203;
    private const int BatchSize = 10;
    private const int RowsOfPool = 40;
    private const int PoolBytes = RowsOfPool * sizeof(float) * (Features + 2);
    private readonly SampleRows _rows = new(Rows, Features);

    [TestMethod]
    public void Each_epoch_visits_each_row_once_in_an_order_of_its_own()
    {
        StreamedExamples streamed = Numbered();
        string[] epochs = Orders(streamed, seed: 1, epochs: 3), same = Orders(streamed, seed: 1, epochs: 3), other = Orders(streamed, seed: 2, epochs: 1);

        foreach (string epoch in epochs.Concat(other))
            CollectionAssert.AreEquivalent(Enumerable.Range(0, Rows).ToArray(), Array.ConvertAll(epoch.Split(' '), int.Parse));
        CollectionAssert.AreEqual(epochs, same);
        CollectionAssert.AllItemsAreUnique(epochs.Concat(other).ToArray());
    }

    [TestMethod]
    public void The_order_does_not_depend_on_how_fast_the_rows_come()
    {
        string[] slow = Orders(Numbered((_, row) => Thread.Sleep(row % 50 == 0 ? 2 : 0)), seed: 1, epochs: 2);

        CollectionAssert.AreEqual(Orders(Numbered(), seed: 1, epochs: 2), slow);
    }

    [TestMethod]
    [DataRow(false, false, DisplayName = "dense, given in full")]
    [DataRow(false, true, DisplayName = "dense, given without zeros")]
    [DataRow(true, true, DisplayName = "sparse, given without zeros")]
    [DataRow(true, false, DisplayName = "sparse, given in full")]
    public void Training_in_the_order_of_the_rows_gives_the_bits_of_rows_in_memory(bool sparse, bool givenSparse)
    {
        // L-BFGS takes the rows in their order, and the input stage is given, so that nothing differs but where the rows come from.
        float[] features = [.. _rows.Features.Select((value, i) => i % 3 == 0 ? value : 0)], weights = [.. Enumerable.Range(0, Rows).Select(row => row % 4f)];
        ExampleSet stored = sparse ? Sparse(features, weights) : new DenseExamples(features, Features, _rows.Classes, weights);
        var stream = new ArrayStream(features, Features, _rows.Classes, weights) { Sparse = givenSparse };

        var stage = InputStageRules.Measure(stored.WithoutWeightless());
        CollectionAssert.AreEqual(Train(stored, new LbfgsOptimizer(), stage: stage), Train(new StreamedExamples(stream, sparse, Rows, PoolBytes), new LbfgsOptimizer(), stage: stage));
        Assert.AreEqual(0, stream.Open);
    }

    [TestMethod]
    public void The_input_stage_of_few_rows_is_measured_on_all_of_them_however_small_a_pool_is()
    {
        InputStage expected = InputStageRules.Measure(_rows.ToExamples()), all = InputStageRules.Measure(Streamed());
        for (int i = 0; i < Features; i++)
        {
            Assert.AreEqual(expected[i] with { Bins = null }, all[i] with { Bins = null });
            CollectionAssert.AreEqual(expected[i].Bins?.Lower, all[i].Bins?.Lower);
        }
    }

    [TestMethod]
    public void The_weights_are_the_same_bits_on_any_number_of_threads()
    {
        float[] one = Train(Streamed(), new AdamOptimizer(), threads: 1);

        CollectionAssert.AreEqual(one, Train(Streamed(), new AdamOptimizer(), threads: 2));
        CollectionAssert.AreEqual(one, Train(Streamed(), new AdamOptimizer(), threads: 3));
    }

    [TestMethod]
    public void What_goes_wrong_in_the_reading_goes_wrong_in_the_training()
    {
        var stream = new ArrayStream(_rows.Features, Features, _rows.Classes) { BeforeRow = (reading, row) => { if (reading == 3 && row == 150) throw new FormatException("row 151"); } };

        var error = Assert.ThrowsExactly<FormatException>(() => Train(new StreamedExamples(stream, sparse: false, Rows, PoolBytes), new AdamOptimizer()));
        Assert.AreEqual("row 151", error.Message);
        Assert.AreEqual(0, stream.Open);
    }

    [TestMethod]
    public void Data_that_differs_from_epoch_to_epoch_is_refused()
    {
        ArrayStream stream = null!;
        stream = new ArrayStream(_rows.Features, Features, _rows.Classes) { BeforeRow = (reading, row) => stream.LeftOut = reading == 2 && row == 100 ? 2 : stream.LeftOut };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(new StreamedExamples(stream, sparse: false, Rows, PoolBytes), new AdamOptimizer()));
        StringAssert.StartsWith(error.Message, "The data gave 203 rows when they were measured, and 201 in an epoch.");
    }

    [TestMethod]
    [DataRow("a feature")]
    [DataRow("a label")]
    [DataRow("a weight")]
    [DataRow("two rows' places")]
    public void Data_whose_values_or_order_differ_from_epoch_to_epoch_is_refused(string what)
    {
        float[] features = [.. _rows.Features], labels = [.. _rows.Classes], weights = [.. Enumerable.Repeat(1f, Rows)];
        var stream = new ArrayStream(features, Features, labels, weights)
        {
            BeforeRow = (reading, row) =>
            {
                if (reading != 4 || row != 0) return; // after the passes that measure, and an epoch
                if (what == "a feature") features[^1] = MathF.BitIncrement(features[^1]);
                else if (what == "a label") labels[7] = (labels[7] + 1) % 3;
                else if (what == "a weight") weights[7] = 0.5f;
                else for (int i = 0; i < Features; i++) (features[i], features[Features + i]) = (features[Features + i], features[i]);
            },
        };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(new StreamedExamples(stream, sparse: false, Rows, PoolBytes), new AdamOptimizer()));
        Assert.AreEqual("The data gave 203 rows when they were measured, and as many in an epoch, but their values, labels, weights or order were others. " +
            "Data that is read anew in each epoch must be the same each time: take what makes it differ, such as a shuffle or a sample, out of the pipeline, or save the rows to a file and train from that.", error.Message);
        Assert.AreEqual(0, stream.Open);
    }

    [TestMethod]
    public void Sparse_rows_that_have_more_values_than_when_they_were_measured_are_refused_before_they_are_written_anywhere()
    {
        const int Wide = 300;
        float[] features = new float[Rows * Wide];
        for (int row = 0; row < Rows; row++) features[row * Wide + row % 7] = 1;
        var stream = new ArrayStream(features, Wide, _rows.Classes) { Sparse = true, BeforeRow = (reading, row) => { if (reading == 4 && row == 0) Array.Fill(features, 1f); } };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => TrainingLoop.Run(Network.Create(Wide, [4], 3), new StreamedExamples(stream, sparse: true, Rows, PoolBytes), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer(),
            NumberOfEpochs = 4,
            BatchSize = BatchSize,
        }));
        StringAssert.StartsWith(error.Message, "A minibatch of 10 rows has 3000 values, where 10 were the most when the rows were measured. Data that is read anew in each epoch must be the same each time: ");
    }

    [TestMethod]
    public void Cancelled_while_rows_are_read_the_training_keeps_its_best_epoch()
    {
        using var source = new CancellationTokenSource();
        var stream = new ArrayStream(_rows.Features, Features, _rows.Classes)
        {
            BeforeRow = (reading, row) =>
            {
                if (reading == 5 && row == 120) source.Cancel(); // the first two are for the input stage
                source.Token.ThrowIfCancellationRequested();
            },
        };

        TrainingHistory history = Run(new StreamedExamples(stream, sparse: false, Rows, PoolBytes), new AdamOptimizer(), out _, cancellation: source.Token);
        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.AreEqual(2, history.BestEpoch);
        Assert.AreEqual(0, stream.Open);
    }

    [TestMethod]
    public void When_the_time_ends_within_an_epoch_the_reading_does_and_the_epochs_before_count()
    {
        var clock = new HandClock();
        int minibatches = 0;
        var stream = new ArrayStream(_rows.Features, Features, _rows.Classes);
        var options = new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer(),
            LearningRateSchedule = LearningRateSchedule.Constant,
            NumberOfEpochs = 4,
            BatchSize = BatchSize,
            TimeBudget = TimeSpan.FromSeconds(50), // an epoch has 21 minibatches, of a second each
            Clock = clock,
            Poll = () => clock.Seconds = ++minibatches,
        };
        Network inTime = Network.Create(Features, [7], 3), twoEpochs = Network.Create(Features, [7], 3);
        TrainingHistory history = TrainingLoop.Run(inTime, new StreamedExamples(stream, sparse: false, Rows, PoolBytes), null, options);
        TrainingLoop.Run(twoEpochs, Streamed(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer(),
            LearningRateSchedule = LearningRateSchedule.Constant,
            NumberOfEpochs = 2,
            BatchSize = BatchSize,
        });

        Assert.AreEqual((StopReason.TimeBudget, 2, 50), (history.StopReason, history.BestEpoch, minibatches));
        Assert.AreEqual(0, stream.Open);
        CollectionAssert.AreEqual(twoEpochs.AllWeights(), inTime.AllWeights());
    }

    [TestMethod]
    public void Held_out_rows_are_the_same_each_time_and_about_the_fraction_asked_for()
    {
        (ExampleSource training, ExampleSource validation) = Numbered().Split(0.2, seed: 1);
        (_, ExampleSource again) = Numbered().Split(0.2, seed: 1);
        (_, ExampleSource other) = Numbered().Split(0.2, seed: 2);

        Assert.AreEqual(Rows, training.RowCount + validation.RowCount);
        Assert.AreEqual(0.2 * Rows, validation.RowCount, 4 * Math.Sqrt(0.2 * 0.8 * Rows)); // four standard deviations of the binomial distribution
        CollectionAssert.AreEquivalent(Enumerable.Range(0, Rows).ToArray(), InOrder(training).Concat(InOrder(validation)).ToArray());
        CollectionAssert.AreEqual(InOrder(validation), InOrder(again));
        CollectionAssert.AreNotEqual(InOrder(validation), InOrder(other));
    }

    [TestMethod]
    public void Held_out_rows_are_kept_where_a_pool_has_room_for_them_and_read_anew_where_not()
    {
        (_, ExampleSource few) = Numbered().Split(0.1, seed: 1);
        (ExampleSource training, ExampleSource many) = Numbered().Split(0.5, seed: 1);

        Assert.IsInstanceOfType<DenseExamples>(few);
        Assert.IsInstanceOfType<StreamedExamples>(many);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, Rows).ToArray(), InOrder(training).Concat(InOrder(many)).ToArray());
    }

    [TestMethod]
    public void The_features_and_targets_are_measured_on_the_rows_trained_on()
    {
        (ExampleSource training, _) = Numbered().Split(0.3, seed: 1);
        double[] numbers = [.. InOrder(training).Select(number => (double)number)];

        Assert.AreEqual(numbers.Average(), training.Measure(threads: 1).Mean[0], 1e-9);
        Assert.AreEqual(numbers.Average(), training.MeasureTargets().Mean[0], 1e-9);
        Assert.AreEqual(Math.Sqrt(numbers.Average(number => number * number) - (numbers.Average() * numbers.Average())), training.MeasureTargets().Deviation[0], 1e-9);
    }

    [TestMethod]
    public void A_class_of_factor_0_is_left_out()
    {
        ExampleSource weighted = Streamed().WithClassFactors([1, 0, 3]);

        double[] expected = [.. Enumerable.Range(0, 3).Select(c => _rows.Classes.Count(label => label == c) * (c == 1 ? 0.0 : 1 + c))];
        CollectionAssert.AreEqual(expected, weighted.WeightOfClasses(3));
        Assert.AreEqual(_rows.Classes.Count(label => label != 1), weighted.RowCount);
    }

    private StreamedExamples Streamed(long poolBytes = PoolBytes) => new(new ArrayStream(_rows.Features, Features, _rows.Classes), sparse: false, Rows, poolBytes);

    /// <summary>Rows whose features and target are their numbers.</summary>
    private static StreamedExamples Numbered(Action<int, long>? beforeRow = null)
    {
        float[] numbers = [.. Enumerable.Range(0, Rows).Select(row => (float)row)], features = [.. numbers.SelectMany(number => Enumerable.Repeat(number, Features))];
        return new(new ArrayStream(features, Features, numbers) { BeforeRow = beforeRow ?? ((_, _) => { }) }, sparse: false, Rows, PoolBytes);
    }

    private static string[] Orders(ExampleSource examples, int seed, int epochs) => Visit(examples, new RandomSource(seed, RandomStream.Shuffle), epochs);

    private static int[] InOrder(ExampleSource examples) => Array.ConvertAll(Visit(examples, null, 1)[0].Split(' '), int.Parse);

    private static string[] Visit(ExampleSource examples, RandomSource? order, int epochs)
    {
        using var workspace = examples.CreateWorkspace(Network.Create(Features, [], 1), BatchSize, 1);
        using Minibatches minibatches = examples.Minibatches(BatchSize, null, null, order);
        var visited = new string[epochs];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            minibatches.Begin();
            var rows = new List<float>();
            int count = 0;
            for (; minibatches.Next(workspace); count++)
            {
                Assert.AreEqual(count == minibatches.Count - 1 ? (examples.RowCount - 1) % BatchSize + 1 : BatchSize, workspace.Batch.Rows);
                rows.AddRange(workspace.Batch.Targets.Span[..workspace.Batch.Rows]);
                for (int i = 0; i < workspace.Batch.Rows; i++) Assert.AreEqual(workspace.Batch.Targets.Span[i], workspace.Batch.Features.Span[i * Features]);
            }

            Assert.AreEqual(minibatches.Count, count);
            visited[epoch] = string.Join(' ', rows);
        }

        return visited;
    }

    private SparseExamples Sparse(float[] features, float[] weights)
    {
        int[][] indices = [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, Features).Where(i => features[row * Features + i] != 0).ToArray())];
        long[] starts = [0, .. indices.Select((_, row) => (long)indices[..(row + 1)].Sum(of => of.Length))];
        return new([.. starts], [.. indices.SelectMany(of => of)], [.. features.Where(value => value != 0)], Features, _rows.Classes, weights);
    }

    private static float[] Train(ExampleSource examples, Optimizer optimizer, int threads = 1, InputStage? stage = null)
    {
        Run(examples, optimizer, out float[] weights, threads, stage: stage);
        return weights;
    }

    private static TrainingHistory Run(ExampleSource examples, Optimizer optimizer, out float[] weights, int threads = 1, InputStage? stage = null, CancellationToken cancellation = default)
    {
        var network = Network.Create(Features, [7], 3);
        TrainingHistory history = TrainingLoop.Run(network, examples, null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer,
            NumberOfEpochs = 4,
            BatchSize = BatchSize,
            NumberOfThreads = threads,
            InputStage = stage,
            CancellationToken = cancellation,
        });
        weights = [.. network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases()))];
        return history;
    }
}
