using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The checkpoint of a training of several runs: what it is of, when it is due, and what it remembers.</summary>
[TestClass]
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HandClock _clock = new();
    private readonly List<string> _warnings = [];
    private readonly DenseExamples _rows = new SampleRows(20).ToExamples();

    private string Path => _folder["file"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void It_is_due_after_so_many_epochs_or_when_so_much_time_has_passed()
    {
        using Checkpoint byEpochs = Open(CheckpointInterval.Epochs(3));
        Assert.AreEqual((false, false, true, true), (byEpochs.GoesByTime, byEpochs.IsDue(2), byEpochs.IsDue(3), byEpochs.IsDue(4)));

        File.Delete(Path);
        using Checkpoint byTime = Open(CheckpointInterval.Minutes(2));
        Assert.IsTrue(byTime.GoesByTime);
        _clock.Seconds += 119;
        Assert.IsFalse(byTime.IsDue(100));
        _clock.Seconds += 1;
        Assert.IsTrue(byTime.IsDue(0));
        byTime.Save();
        Assert.IsFalse(byTime.IsDue(0), "it has just been written");
    }

    [TestMethod]
    public void Of_a_training_of_three_runs_those_that_ended_are_recalled_and_the_third_goes_on()
    {
        float[][] whole = [Train(null, 1), Train(null, 2), Train(null, 3)];
        using (Checkpoint first = Open())
        {
            Assert.AreEqual(0, first.RememberedRuns);
            CollectionAssert.AreEqual(whole[0], Train(first, 1));
            CollectionAssert.AreEqual(whole[1], Train(first, 2));
            Assert.ThrowsExactly<TimeoutException>(() => Train(first, 3, throwAfter: 3));
        }

        using Checkpoint again = Open();
        Assert.AreEqual(3, again.RememberedRuns);
        int epochs = 0;
        CollectionAssert.AreEqual(whole[0], Train(again, 1, heard: () => epochs++));
        CollectionAssert.AreEqual(whole[1], Train(again, 2, heard: () => epochs++));
        Assert.AreEqual(0, epochs, "they are answered from the file");
        CollectionAssert.AreEqual(whole[2], Train(again, 3, heard: () => epochs++));
        Assert.AreEqual(3, epochs, "two of five epochs were in the checkpoint");
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void The_time_that_was_spent_before_counts_and_runs_that_are_recalled_begin_when_they_began()
    {
        using (Checkpoint first = Open())
        {
            _clock.Seconds = 60;
            Train(first, 1); // begun after a minute
            _clock.Seconds = 100;
            Assert.AreEqual(TimeSpan.FromSeconds(100), first.Spent);
            Train(first, 2);
            _clock.Seconds = 130;
            first.Complete();
        }

        _clock.Seconds = 10_000;
        using Checkpoint again = Open();
        _clock.Seconds = 10_005;
        Assert.AreEqual(TimeSpan.FromSeconds(60), again.Spent);
        Train(again, 1);
        Assert.AreEqual(TimeSpan.FromSeconds(100), again.Spent);
        Train(again, 2);
        Assert.AreEqual(TimeSpan.FromSeconds(135), again.Spent);
    }

    [TestMethod]
    public void It_is_complete_when_all_runs_have_ended_by_themselves()
    {
        using (Checkpoint checkpoint = Open())
        {
            Train(checkpoint, 1);
            Assert.ThrowsExactly<TimeoutException>(() => Train(checkpoint, 2, throwAfter: 2));
            checkpoint.Complete();
        }

        var refused = Assert.ThrowsExactly<InvalidOperationException>(() => Open(identity: [new("Seed", "2")]));
        Assert.Contains("Seed is 2, and there 1.", refused.Message, "it was not complete");

        using (Checkpoint checkpoint = Open())
        {
            Train(checkpoint, 1);
            Train(checkpoint, 2);
            checkpoint.Complete();
        }

        using Checkpoint another = Open(identity: [new("Seed", "2")]);
        Assert.AreEqual(0, another.RememberedRuns);
        Assert.AreEqual(TimeSpan.Zero, another.Spent);
        Assert.AreEqual($"The checkpoint '{Path}' is that of another training, which was complete: Seed is 2, and there 1. The training begins anew, and takes its place.", _warnings.Single());
    }

    [TestMethod]
    public void A_run_that_was_stopped_is_kept_and_does_not_make_the_training_complete()
    {
        using (Checkpoint checkpoint = Open())
        {
            Train(checkpoint, 1, stopAfter: 2);
            checkpoint.Complete();
        }

        Assert.ThrowsExactly<InvalidOperationException>(() => Open(identity: [new("Seed", "2")]));
        using Checkpoint again = Open();
        int epochs = 0;
        CollectionAssert.AreEqual(Train(null, 1), Train(again, 1, heard: () => epochs++), "it goes on to its end");
        Assert.AreEqual(3, epochs);
    }

    [TestMethod]
    [DataRow("the same", "", "", "")]
    [DataRow("one is another", "a=1;b=2", "a=1;b=3", "b is 3, and there 2")]
    [DataRow("one more", "a=1", "a=1;b=3", "b is 3, and there not given")]
    [DataRow("one less", "a=1;b=2", "a=1", "b is not given, and there 2")]
    [DataRow("two", "a=1;b=2", "b=3;a=0", "b is 3, and there 2; a is 0, and there 1")]
    public void What_differs_is_named_with_both_values(string _, string written, string wanted, string difference)
    {
        using (Checkpoint first = Open(identity: Pairs(written)))
        {
        }

        if (difference.Length == 0)
        {
            using Checkpoint same = Open(identity: Pairs(wanted));
            return;
        }

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Open(identity: Pairs(wanted)));
        Assert.AreEqual(
            $"The checkpoint '{Path}' is that of another training: {difference}. Train as it was begun, give another path, or delete the file to begin anew.",
            error.Message);
    }

    [TestMethod]
    public void A_value_of_more_than_a_hundred_letters_is_told_by_its_beginning()
    {
        string hundred = new('x', 100), more = hundred + "y";
        using (Checkpoint first = Open(identity: [new("a", hundred), new("b", more)]))
        {
        }

        Assert.Contains($"a is 1, and there {hundred}; b is 2, and there {hundred}....",
            Assert.ThrowsExactly<InvalidOperationException>(() => Open(identity: [new("a", "1"), new("b", "2")])).Message);
    }

    [TestMethod]
    public void A_checkpoint_of_another_version_of_the_format_is_refused()
    {
        using (Checkpoint first = Open())
        {
        }

        byte[] bytes = File.ReadAllBytes(Path);
        Assert.AreEqual("SimpleNn checkpoint\n", System.Text.Encoding.ASCII.GetString(bytes, 0, 20));
        Assert.AreEqual(1, BitConverter.ToInt32(bytes, 20));
        Write(20, 2);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Open());
        Assert.AreEqual(
            $"The checkpoint '{Path}' is of format version 2, and this version of the library reads 1: go on with the version that wrote it, or delete the file.", error.Message);

        // With another first letter and the right hash it is something else, and is not written over.
        Write(0, BitConverter.ToInt32(bytes, 0) + 1);
        Assert.Contains("is not a checkpoint, and nothing is written over it", Assert.ThrowsExactly<InvalidOperationException>(() => Open()).Message);

        void Write(int at, int number)
        {
            byte[] changed = [.. bytes[..^32]];
            BitConverter.TryWriteBytes(changed.AsSpan(at), number);
            File.WriteAllBytes(Path, [.. changed, .. System.Security.Cryptography.SHA256.HashData(changed)]);
        }
    }

    [TestMethod]
    public void The_one_before_is_kept_beside_it_from_the_second_time_on()
    {
        using Checkpoint checkpoint = Open();
        Assert.IsFalse(File.Exists(Path + ".previous"));
        byte[] first = File.ReadAllBytes(Path);
        _clock.Seconds = 5;
        checkpoint.Save();

        CollectionAssert.AreEqual(first, File.ReadAllBytes(Path + ".previous"));
        CollectionAssert.AreNotEqual(first, File.ReadAllBytes(Path));
    }

    private static KeyValuePair<string, string>[] Pairs(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => new KeyValuePair<string, string>(pair.Split('=')[0], pair.Split('=')[1]))];

    private Checkpoint Open(CheckpointInterval? every = null, KeyValuePair<string, string>[]? identity = null) =>
        Checkpoint.Open(Path, every ?? CheckpointInterval.Epochs(1), identity ?? [new("Seed", "1")], _warnings.Add, _clock);

    private float[] Train(Checkpoint? checkpoint, int seed, int throwAfter = int.MaxValue, int stopAfter = int.MaxValue, Action? heard = null)
    {
        var network = Network.Create(_rows.FeatureCount, [4], 3);
        TrainingLoop.Run(network, _rows, null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            NumberOfEpochs = 5,
            BatchSize = 10,
            Seed = seed,
            NumberOfThreads = 1,
            Clock = _clock,
            Checkpoint = checkpoint?.NextRun(),
            Progress = new Listener(epoch =>
            {
                heard?.Invoke();
                if (epoch.Epoch == throwAfter) throw new TimeoutException();
                if (epoch.Epoch == stopAfter) epoch.Stop();
            }),
        });
        return network.AllWeights();
    }
}
