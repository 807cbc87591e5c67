using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The interval of a training that was interrupted.</summary>
[TestClass]
public sealed class ResumedIntervalTests
{
    /// <summary>The networks of folds are no part of a checkpoint; those that errors are measured by are.</summary>
    [TestMethod]
    public void An_interrupted_training_goes_on_to_the_same_interval()
    {
        var options = new SimpleNnRegressionTrainer.Options { HiddenLayers = [16], NumberOfEpochs = 12, Seed = 1, NumberOfThreads = 1, IntervalCoverage = 0.8f };
        List<NoisyRow> rows = NoisyRow.Rows(300, 1);
        PredictionInterval whole = Train(options, rows)!.Value;
        int epochs = 0;
        using var folder = new TemporaryFolder();
        (options.CheckpointPath, options.Progress) = (folder["whole"], new Listener(_ => epochs++));
        Assert.AreEqual(whole, Train(options, rows));

        foreach (int last in new[] { epochs / 3, epochs * 3 / 4, epochs - 1 }) // within the folds, while they are measured, and at the end
        {
            int seen = 0;
            (options.CheckpointPath, options.Progress) = (folder[$"{last}"], new Listener(_ => { if (++seen == last) throw new TimeoutException(); }));
            Assert.ThrowsExactly<TimeoutException>(() => Train(options, rows));
            options.Progress = null;
            Assert.AreEqual(whole, Train(options, rows), $"interrupted in epoch {last} of {epochs}");
        }
    }

    private static PredictionInterval? Train(SimpleNnRegressionTrainer.Options options, List<NoisyRow> rows)
    {
        var ml = new MLContext(seed: 1);
        return ml.Regression.Trainers.SimpleNn(options).Fit(ml.Data.LoadFromEnumerable(rows)).Model.Interval;
    }
}
