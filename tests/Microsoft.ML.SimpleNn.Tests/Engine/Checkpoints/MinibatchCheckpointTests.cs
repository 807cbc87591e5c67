using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A run that is interrupted within an epoch goes on with the next minibatch.</summary>
[TestClass]
public sealed class MinibatchCheckpointTests
{
    private const int Rows = 58, Features = 40, BatchSize = 10, BatchesOfEpoch = 6, Epochs = 3;
    private const int PoolBytes = 20 * sizeof(float) * (Features + 2);
    private readonly SampleRows _rows = new(Rows, Features);

    private delegate void AfterMinibatch(int count, CancellationTokenSource cancellation);

    [TestMethod]
    [DataRow("dense", false)]
    [DataRow("dense", true)]
    [DataRow("sparse", false)]
    [DataRow("sparse", true)]
    public void Cancelled_after_any_minibatch_it_trains_on_those_that_are_left(string kind, bool streamed)
    {
        Optimizer[] optimizers = [new AdamWOptimizer { Parametrization = Parametrization.NeuralTangent }, new SgdOptimizer { Momentum = 0.9f }];
        foreach (Optimizer optimizer in optimizers)
        {
            float[] whole = Train(null, null, out _);
            for (int stop = 1; stop < Epochs * BatchesOfEpoch; stop++)
            {
                using var folder = new TemporaryFolder();
                Assert.ThrowsExactly<OperationCanceledException>(() =>
                    Train(folder["file"], (count, cancellation) => { if (count == stop) cancellation.Cancel(); }, out _, alwaysThrow: true));

                CollectionAssert.AreEqual(whole, Train(folder["file"], null, out int left), $"{optimizer.GetType().Name}, after {stop}");
                Assert.AreEqual((Epochs * BatchesOfEpoch) - stop, left);
            }

            float[] Train(string? path, AfterMinibatch? after, out int minibatches, bool alwaysThrow = false) =>
                MinibatchCheckpointTests.Train(
                    Source(kind == "sparse", streamed), optimizer, path, CheckpointInterval.Epochs(100), after, new HandClock(), out minibatches, alwaysThrow);
        }
    }

    [TestMethod]
    public void By_minutes_it_is_written_within_an_epoch_when_the_time_has_come()
    {
        using var folder = new TemporaryFolder();
        var clock = new HandClock();
        ExampleSource source = Source(sparse: false, streamed: false);
        CheckpointInterval every = CheckpointInterval.Minutes(3);
        float[] whole = Train(source, new AdamOptimizer(), null, every, null, clock, out _);

        // A minibatch takes a minute, which passes after it was looked whether it is time: there is a checkpoint after the fourth, at the end of the epoch
        // after the sixth, and after the tenth.
        Assert.ThrowsExactly<TimeoutException>(() => Train(source, new AdamOptimizer(), folder["file"], every, (count, _) =>
        {
            clock.Seconds += 60;
            if (count == 12) throw new TimeoutException();
        }, clock, out _));

        CollectionAssert.AreEqual(whole, Train(source, new AdamOptimizer(), folder["file"], every, null, clock, out int left));
        Assert.AreEqual((Epochs * BatchesOfEpoch) - 10, left);
    }

    [TestMethod]
    [DataRow(1, 11)] // after the first epoch, and again after the second; stopped in the third
    [DataRow(2, 11)]
    public void By_epochs_it_is_written_at_the_end_of_every_nth(int every, int stop)
    {
        using var folder = new TemporaryFolder();
        ExampleSource source = Source(sparse: true, streamed: false);
        CheckpointInterval interval = CheckpointInterval.Epochs(every);
        float[] whole = Train(source, new AdamOptimizer(), null, interval, null, new HandClock(), out _);

        Assert.ThrowsExactly<TimeoutException>(() =>
            Train(source, new AdamOptimizer(), folder["file"], interval, (count, _) => { if (count == stop) throw new TimeoutException(); }, new HandClock(), out _));

        CollectionAssert.AreEqual(whole, Train(source, new AdamOptimizer(), folder["file"], interval, null, new HandClock(), out int left));
        Assert.AreEqual((Epochs * BatchesOfEpoch) - (stop / (every * BatchesOfEpoch) * every * BatchesOfEpoch), left);
    }

    private static float[] Train(
        ExampleSource source, Optimizer optimizer, string? path, CheckpointInterval every, AfterMinibatch? after, TimeProvider clock, out int minibatches,
        bool alwaysThrow = false)
    {
        using var cancellation = new CancellationTokenSource();
        using Checkpoint? checkpoint = path == null ? null : Checkpoint.Open(path, every, [], _ => Assert.Fail("nothing is wrong with the file"), clock);
        var network = Network.Create(Features, [6], 3);
        int count = 0;
        TrainingLoop.Run(network, source, null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer,
            NumberOfEpochs = Epochs,
            BatchSize = BatchSize,
            Dropout = 0.2f,
            NumberOfThreads = 1,
            Clock = clock,
            CancellationToken = cancellation.Token,
            Checkpoint = checkpoint?.NextRun(),
            Poll = () =>
            {
                count++;
                after?.Invoke(count, cancellation);
            },
        });
        minibatches = count;
        if (alwaysThrow) cancellation.Token.ThrowIfCancellationRequested();
        return network.AllWeights();
    }

    private ExampleSource Source(bool sparse, bool streamed)
    {
        float[] features = [.. _rows.Features.Select((value, i) => !sparse || i % 7 == 0 ? value : 0)];
        if (streamed) return new StreamedExamples(new ArrayStream(features, Features, _rows.Classes) { Sparse = sparse }, sparse, Rows, PoolBytes);
        if (!sparse) return new DenseExamples(features, Features, _rows.Classes);
        int[] indices = [.. Enumerable.Range(0, Rows * Features).Where(i => features[i] != 0)];
        long[] starts = [.. Enumerable.Range(0, Rows + 1).Select(row => indices.LongCount(i => i < row * Features))];
        return new SparseExamples(starts, [.. indices.Select(i => i % Features)], [.. indices.Select(i => features[i])], Features, _rows.Classes);
    }
}
