using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Files that are damaged, missing, somebody else's, or cannot be written, and what is kept of a training meanwhile.</summary>
[TestClass]
public sealed class CheckpointDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HandClock _clock = new();
    private readonly List<string> _warnings = [];

    private string Last => _folder["file"];

    private string Previous => _folder["file.previous"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_one_before_takes_the_place_of_a_damaged_one_and_is_not_written_over_by_it()
    {
        SaveAt(10, 20);
        byte[] good = File.ReadAllBytes(Previous);
        Damage(Last);
        using Checkpoint checkpoint = Open();
        Assert.AreEqual(
            $"The checkpoint '{Last}' is damaged, since its checksum is another: the training goes on from the one before it, '{Previous}'.",
                _warnings.Single());

        checkpoint.Save();
        CollectionAssert.AreEqual(good, File.ReadAllBytes(Previous), "the damaged one is replaced, and not kept");
        byte[] second = File.ReadAllBytes(Last);
        _clock.Seconds += 5;
        checkpoint.Save();
        CollectionAssert.AreEqual(second, File.ReadAllBytes(Previous));
    }

    [TestMethod]
    public void Where_both_are_damaged_the_training_begins_anew()
    {
        SaveAt(10, 20);
        Damage(Last);
        Damage(Previous);
        using Checkpoint checkpoint = Open();

        Assert.AreEqual(
            $"The checkpoint '{Last}' is damaged, since its checksum is another: there is none before it that can be read, and the training begins anew.",
                _warnings.Single());
    }

    [TestMethod]
    public void A_file_with_the_right_hash_and_another_beginning_is_told_as_such()
    {
        SaveAt(10, 20);
        byte[] bytes = File.ReadAllBytes(Last)[..^32];
        bytes[0]++;
        File.WriteAllBytes(Last, [.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)]);
        using Checkpoint checkpoint = Open();

        Assert.Contains("is damaged, since it does not begin as one does: the training goes on from the one before it", _warnings.Single());
    }

    [TestMethod]
    public void A_missing_one_is_the_one_before()
    {
        SaveAt(10, 20);
        File.Delete(Last);
        using Checkpoint checkpoint = Open();

        Assert.IsEmpty(_warnings);
        Assert.IsTrue(File.Exists(Previous));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("short")]
    [DataRow("a long text that is no checkpoint, but somebody's only copy")]
    public void A_file_of_another_kind_is_never_written_over(string text)
    {
        File.WriteAllText(Last, text);
        if (text.Length == 0)
        {
            using Checkpoint checkpoint = Open();
            Assert.HasCount(1, _warnings, "nothing is the beginning of everything");
            return;
        }

        Assert.AreEqual(
            $"The file '{Last}' is not a checkpoint, and nothing is written over it: give another path, or delete the file.",
            Assert.ThrowsExactly<InvalidOperationException>(() => Open()).Message);
        Assert.AreEqual(text, File.ReadAllText(Last));
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_told()
    {
        string path = _folder["missing", "file"];
        CheckpointFile.CheckFolder(Last);

        Assert.AreEqual(
            $"The folder '{_folder["missing"]}' for the checkpoint '{path}' is not there: create it, or give another path.",
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => CheckpointFile.CheckFolder(path)).Message);
    }

    [TestMethod]
    public void A_checkpoint_that_cannot_be_written_later_is_a_warning()
    {
        Directory.CreateDirectory(_folder["inside"]);
        using Checkpoint checkpoint = Checkpoint.Open(_folder["inside", "file"], CheckpointInterval.Epochs(1), [], _warnings.Add, _clock);
        Directory.Delete(_folder["inside"], recursive: true);
        checkpoint.Save();

        Assert.StartsWith(
            $"The checkpoint '{_folder["inside", "file"]}' could not be written, and the training goes on without it until the next: ", _warnings.Single());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)] // a link needs a right of its own on Windows
    public void Through_a_link_to_a_link_the_file_at_the_end_and_the_one_beside_it_are_written()
    {
        SaveAt(10);
        File.CreateSymbolicLink(_folder["middle"], Last);
        File.CreateSymbolicLink(_folder["link"], _folder["middle"]);
        using Checkpoint checkpoint = Checkpoint.Open(_folder["link"], CheckpointInterval.Epochs(1), [new("seed", "1")], _warnings.Add, _clock);
        checkpoint.Save();

        CollectionAssert.AreEquivalent(new[] { Last, Previous, _folder["middle"], _folder["link"] }, Directory.GetFiles(_folder.Root));
    }

    [TestMethod]
    public void A_run_that_has_ended_is_written_when_the_next_begins()
    {
        using Checkpoint checkpoint = Open();
        Run(checkpoint);
        Assert.AreEqual(0, RunsInTheFile());
        checkpoint.NextRun();
        Assert.AreEqual(1, RunsInTheFile());
        Assert.AreEqual(1, RunsInTheFile(), "looking at it changes nothing");
    }

    [TestMethod]
    public void Another_training_that_took_the_place_of_a_complete_one_is_not_complete()
    {
        using (Checkpoint checkpoint = Open("1"))
        {
            Run(checkpoint);
            checkpoint.Complete();
        }

        Open("2").Dispose();
        Assert.HasCount(1, _warnings);
        Open("2").Dispose();
        Assert.HasCount(1, _warnings, "it has taken its place");
        Assert.Contains("seed is 3, and there 2.", Assert.ThrowsExactly<InvalidOperationException>(() => Open("3")).Message);
    }

    [TestMethod]
    public void A_place_and_epochs_that_do_not_go_together_are_refused()
    {
        Refuses("it is in epoch 3 with 0 epochs done, the best of them 0", epochs: 3, best: 0);
        Refuses("it is in epoch 1 with 0 epochs done, the best of them 1", epochs: 1, best: 1);
        using StateReader reader = Resumed.Written(State(epoch: 1, best: 0).Transfer);
        State(epoch: 1, best: 0).Transfer(reader);

        void Refuses(string reason, int epochs, int best)
        {
            using StateReader forged = Resumed.Written(State(epochs, best).Transfer);
            Assert.Contains(reason, Assert.ThrowsExactly<InvalidDataException>(() => State(epoch: 1, best: 0).Transfer(forged)).Message);
        }
    }

    private RunState State(int epoch, int best)
    {
        var network = new Network(new DenseLayer(1, 1));
        var options = new TrainingOptions { Loss = Loss.SquaredError };
        var place = new TrainingPlace();
        for (int i = 1; i < epoch; i++) place.EndEpoch();
        var stopping = new EarlyStopping(network, options);
        if (best > 0) stopping.Keep(best);
        return new RunState(network, _ => { }, stopping, place, new RunClock(_clock)) { Epochs = [], Options = options };
    }

    private Checkpoint Open(string seed = "1") => Checkpoint.Open(Last, CheckpointInterval.Epochs(100), [new("seed", seed)], _warnings.Add, _clock);

    /// <summary>A checkpoint without runs, written at some seconds after the first.</summary>
    private void SaveAt(params int[] seconds)
    {
        using Checkpoint checkpoint = Open();
        foreach (int second in seconds.Skip(1))
        {
            _clock.Seconds = second;
            checkpoint.Save();
        }
    }

    private int RunsInTheFile()
    {
        File.Copy(Last, _folder["copy"], overwrite: true);
        using Checkpoint copy = Checkpoint.Open(_folder["copy"], CheckpointInterval.Epochs(100), [new("seed", "1")], _warnings.Add, _clock);
        return copy.RememberedRuns;
    }

    private void Run(Checkpoint checkpoint) => TrainingLoop.Run(Network.Create(1, [], 1), new DenseExamples([1, 2], 1, [1, 2]), null, new TrainingOptions
    {
        Loss = Loss.SquaredError,
        NumberOfEpochs = 2,
        NumberOfThreads = 1,
        Clock = _clock,
        Checkpoint = checkpoint.NextRun(),
    });

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1]++;
        File.WriteAllBytes(path, bytes);
    }
}
