using System.Security.Cryptography;
using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Which checkpoints are used, and which are refused with what was said.</summary>
[TestClass]
public sealed class CheckpointFileTests : IDisposable
{
    private const int Epochs = 6;
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);
    private readonly LogCapture _log;

    public CheckpointFileTests() => _log = new LogCapture(_ml);

    private string Last => _folder["checkpoint"];

    private string Previous => _folder["checkpoint.previous"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_complete_training_is_answered_from_the_file()
    {
        float[] whole = Fit(_ => { }, out _).Everything;

        CollectionAssert.AreEqual(whole, Fit(_ => { }, out int heard).Everything);
        CollectionAssert.AreEqual(whole, Fit(options => options.NumberOfThreads = 2, out heard).Everything, "on another number of threads");
        Assert.AreEqual(0, heard);
        Assert.IsEmpty(_log.Warnings);
    }

    [TestMethod]
    public void Another_training_takes_the_place_of_a_complete_one_and_says_so()
    {
        Fit(_ => { }, out _);
        Fit(options => options.NumberOfEpochs = 4, out int heard);

        Assert.AreEqual(4, heard);
        Assert.AreEqual(
            $"The checkpoint '{Last}' is that of another training, which was complete: NumberOfEpochs is 4, and there 6. The training begins anew, and takes its place.",
            _log.Warnings.Single());
    }

    [TestMethod]
    [DataRow("NumberOfEpochs is 7, and there 6", DisplayName = "NumberOfEpochs")]
    [DataRow("Optimizer.LearningRate is 0.02, and there 0.01", DisplayName = "LearningRate")]
    [DataRow("Optimizer is SgdOptimizer, and there AdamOptimizer; Optimizer.Momentum is 0, and there not given", DisplayName = "Optimizer")]
    [DataRow("HiddenLayers is [8, 8], and there [8]", DisplayName = "HiddenLayers")]
    [DataRow("LearningRateSchedule is WarmRestartSchedule, and there ConstantSchedule; LearningRateSchedule.firstCycle is 4, and there not given", DisplayName = "LearningRateSchedule")]
    [DataRow("ClassWeights is [1: 2, 2: 3], and there null", DisplayName = "ClassWeights")]
    [DataRow("Seed is 5, and there 1", DisplayName = "Seed")]
    [DataRow("TimeBudget is given, and there null", DisplayName = "TimeBudget")]
    [DataRow("the memory of the training rows is 500 bytes, and there enough for all", DisplayName = "MemoryBudget")]
    public void An_unfinished_training_of_another_option_is_refused_with_both_values(string difference)
    {
        Interrupt();

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(options =>
        {
            switch (difference.Split(' ', '.')[0])
            {
                case "NumberOfEpochs": options.NumberOfEpochs = 7; break;
                case "Optimizer" when difference.Contains("Sgd", StringComparison.Ordinal): options.Optimizer = new SgdOptimizer(); break;
                case "Optimizer": options.Optimizer = new AdamOptimizer { LearningRate = 0.02f }; break;
                case "HiddenLayers": options.HiddenLayers = [8, 8]; break;
                case "LearningRateSchedule": options.LearningRateSchedule = LearningRateSchedule.WarmRestarts(); break;
                case "ClassWeights": ((SimpleNnMulticlassTrainer.Options)options).ClassWeights = new() { ["1"] = 2, ["2"] = 3 }; break;
                case "Seed": options.Seed = 5; break;
                case "TimeBudget": options.TimeBudget = TimeSpan.FromHours(1); break;
                default: options.MemoryBudget = 500; break;
            }
        }, out _));

        Assert.StartsWith($"The checkpoint '{Last}' is that of another training: ", error.Message);
        Assert.Contains(difference, error.Message);
        Assert.EndsWith("Train as it was begun, give another path, or delete the file to begin anew.", error.Message);
        Assert.AreEqual(Epochs - 2, Rest(), "and the checkpoint is still there");
    }

    [TestMethod]
    [DataRow("the number of training rows is 61, and there 60; the hash of the training rows is ", DisplayName = "a row more")]
    [DataRow("another training: the hash of the training rows is ", DisplayName = "one value")]
    [DataRow("training: the hash of the training rows is ", DisplayName = "one label")]
    [DataRow("the number of validation rows is 20, and there null", DisplayName = "validation rows")]
    public void An_unfinished_training_on_other_rows_is_refused_with_what_differs(string difference)
    {
        Interrupt();
        List<TaskRow> rows = TaskRow.Rows(60);
        if (difference[0] == 'a') rows[17].Features[2] += 1e-6f;
        else if (difference[0] == 't' && difference[1] == 'r') rows[17].Class = 1;
        else if (difference.Contains("61", StringComparison.Ordinal)) rows.Add(rows[0]);

        List<TaskRow>? validation = difference.Contains("validation", StringComparison.Ordinal) ? TaskRow.Rows(20, seed: 2) : null;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_ => { }, out _, rows, validation));

        Assert.Contains(difference, error.Message);
    }

    [TestMethod]
    public void A_damaged_checkpoint_is_refused_with_a_warning_and_the_one_before_is_used()
    {
        float[] whole = Fit(_ => { }, out _, path: _folder["other"]).Everything;
        Interrupt();
        byte[] good = File.ReadAllBytes(Last);
        for (int at = 0; at < good.Length; at += good.Length / 20)
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 4;
            foreach (byte[] damaged in (byte[][])[flipped, good[..at]])
            {
                File.WriteAllBytes(Last, damaged);
                int before = _log.Warnings.Length;

                byte[] previous = File.ReadAllBytes(Previous);
                CollectionAssert.AreEqual(whole, Fit(_ => { }, out int heard).Everything, $"at {at}");

                Assert.AreEqual(Epochs - 1, heard, "the one before has one epoch");
                Assert.AreEqual(
                    $"The checkpoint '{Last}' is damaged, since its checksum is another: the training goes on from the one before it, '{Previous}'.",
                    _log.Warnings[before..].Single());
                File.WriteAllBytes(Previous, previous);
            }
        }
    }

    [TestMethod]
    public void Two_damaged_ones_begin_anew_and_a_missing_last_one_goes_on_from_the_one_before()
    {
        float[] whole = Fit(_ => { }, out _, path: _folder["other"]).Everything;
        Interrupt();
        File.Delete(Last);
        CollectionAssert.AreEqual(whole, Fit(_ => { }, out int heard).Everything);
        Assert.AreEqual(Epochs - 1, heard);
        Assert.IsEmpty(_log.Warnings);

        File.WriteAllBytes(Last, File.ReadAllBytes(Last)[..40]);
        File.WriteAllBytes(Previous, []);
        CollectionAssert.AreEqual(whole, Fit(_ => { }, out heard).Everything);
        Assert.AreEqual(Epochs, heard);
        Assert.EndsWith("there is none before it that can be read, and the training begins anew.", _log.Warnings.Single());
    }

    [TestMethod]
    public void A_file_of_another_kind_is_never_written_over()
    {
        File.WriteAllText(Last, "the only copy of my thesis");

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(_ => { }, out _));

        Assert.AreEqual($"The file '{Last}' is not a checkpoint, and nothing is written over it: give another path, or delete the file.", error.Message);
        Assert.AreEqual("the only copy of my thesis", File.ReadAllText(Last));
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_told_before_anything_is_trained()
    {
        string path = _folder["missing", "checkpoint"];

        var error = Assert.ThrowsExactly<DirectoryNotFoundException>(() => Fit(_ => { }, out _, path: path));

        Assert.AreEqual($"The folder '{_folder["missing"]}' for the checkpoint '{path}' is not there: create it, or give another path.", error.Message);
    }

    [TestMethod]
    public void A_disk_that_cannot_be_written_to_later_loses_the_checkpoint_and_not_the_training()
    {
        float[] whole = Fit(_ => { }, out _, path: _folder["other"]).Everything;
        Directory.CreateDirectory(_folder["inside"]);
        string path = _folder["inside", "checkpoint"];

        var deleter = new Listener(epoch => { if (epoch.Epoch == 2) Directory.Delete(_folder["inside"], recursive: true); });
        CollectionAssert.AreEqual(whole, Fit(options => options.Progress = deleter, out _, path: path).Everything);

        Assert.StartsWith($"The checkpoint '{path}' could not be written, and the training goes on without it until the next: ", _log.Warnings[0]);
    }

    /// <summary>Files whose checksum is right and whose contents are not, as only somebody who means it makes them.</summary>
    [TestMethod]
    [DataRow("an ensemble")]
    [DataRow("sparse rows with Adam")]
    [DataRow("L-BFGS")]
    [DataRow("rows held out, patience")]
    public void Forged_contents_end_in_a_sentence_or_in_a_training(string name)
    {
        CheckpointedTraining training = ResumableTrainings.All[name];
        training.Interrupt(Last, 3, (_, _) => throw new TimeoutException());
        byte[] good = File.ReadAllBytes(Last);
        var random = new Random(1);
        for (int trial = 0; trial < 150; trial++)
        {
            // Numbers at the beginning of each part are what decides sizes; they are met more often than weights.
            byte[] forged = [.. good];
            int at = 24 + random.Next(trial % 3 == 0 ? good.Length - 60 : Math.Min(good.Length - 60, 3000));
            int kind = random.Next(4);
            BitConverter.TryWriteBytes(forged.AsSpan(at), kind switch { 0 => int.MaxValue, 1 => -1, 2 => forged[at] + 1, _ => random.Next() });
            SHA256.HashData(forged.AsSpan(0, forged.Length - SHA256.HashSizeInBytes), forged.AsSpan(forged.Length - SHA256.HashSizeInBytes));
            File.WriteAllBytes(Last, forged);
            File.Delete(Previous);
            try
            {
                training.GoOn(Last, out _);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or TrainingDivergedException)
            {
            }
        }
    }

    [TestMethod]
    public void The_time_before_the_interruption_counts_and_a_larger_budget_goes_on()
    {
        TimeSpan budget = TimeSpan.FromSeconds(1);
        TaskModel first = Fit(options => (options.NumberOfEpochs, options.TimeBudget) = (1_000_000, budget), out int heard);
        Assert.AreEqual(StopReason.TimeBudget, first.History.StopReason);

        TaskModel second = Fit(options => (options.NumberOfEpochs, options.TimeBudget) = (1_000_000, budget), out int more);
        Assert.IsLessThanOrEqualTo(1, more, "the budget is used up");
        Assert.IsGreaterThan(heard - 1, second.History.Epochs.Count);

        TaskModel third = Fit(options => (options.NumberOfEpochs, options.TimeBudget) = (1_000_000, 1.5 * budget), out more);
        Assert.IsGreaterThan(1, more);
        Assert.HasCount(second.History.Epochs.Count + more, third.History.Epochs);
        Assert.IsGreaterThan(budget, third.History.Epochs[^1].Elapsed);
    }

    [TestMethod]
    public void Each_fold_of_a_cross_validation_may_use_the_same_path()
    {
        var options = (SimpleNnRegressionTrainer.Options)TaskTrainer.All["regression"].Options(o => o.CheckpointPath = Last);
        double[] errors = Errors();
        options.CheckpointPath = null;

        CollectionAssert.AreEqual(Errors(), errors);

        double[] Errors() =>
            [.. _ml.Regression.CrossValidate(_ml.Data.LoadFromEnumerable(TaskRow.Rows(60)), _ml.Regression.Trainers.SimpleNn(options), 3, "Number")
                .Select(fold => fold.Metrics.MeanSquaredError)];
    }

    /// <summary>Two epochs are done; the last checkpoint has both, the one before it one.</summary>
    private void Interrupt()
    {
        var thrower = new Listener(epoch => { if (epoch.Epoch == 3) throw new TimeoutException(); });
        Assert.ThrowsExactly<TimeoutException>(() => Fit(options => options.Progress = thrower, out _));
    }

    private int Rest()
    {
        Fit(_ => { }, out int heard);
        return heard;
    }

    private TaskModel Fit(Action<SimpleNnOptionsBase> change, out int heard, List<TaskRow>? rows = null, List<TaskRow>? validation = null, string? path = null)
    {
        int count = 0;
        SimpleNnOptionsBase options = TaskTrainer.All["multiclass"].Options();
        (options.CheckpointPath, options.NumberOfEpochs, options.Progress) = (path ?? Last, Epochs, new Listener(_ => count++));
        change(options);
        TaskModel model = TaskTrainer.All["multiclass"].Fit(_ml, options, rows ?? TaskRow.Rows(60), validation);
        heard = count;
        return model;
    }
}
