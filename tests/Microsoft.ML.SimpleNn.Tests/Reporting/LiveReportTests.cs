using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

[TestClass]
public sealed class LiveReportTests
{
    private const string Reloads = "<meta http-equiv=\"refresh\" content=\"2\">";

    [TestMethod]
    public void The_page_reloads_itself_until_the_training_has_ended()
    {
        using var folder = new TemporaryFolder();
        using (var live = new LiveReport(folder["live.html"]))
        {
            Assert.Contains(Reloads, File.ReadAllText(folder["live.html"]));
            Assert.Contains("It has not ended its first epoch yet.", File.ReadAllText(folder["live.html"]));
            IDataView rows = BlobTask.Keyed(new MLContext(), Blob.Rows(60));
            new MLContext(seed: 1).MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { HiddenLayers = [4], NumberOfEpochs = 3, EnsembleSize = 2, Progress = live }).Fit(rows);
        }

        string page = File.ReadAllText(folder["live.html"]);
        Assert.DoesNotContain(Reloads, page);
        Assert.Contains("It has ended: epoch 3 of 3 at most, network 2", page);
        Assert.Contains("<td>network 1 ", page, "the run before");
    }

    [TestMethod]
    public void An_epoch_that_cannot_be_written_does_not_end_the_training_but_the_end_tells()
    {
        var folder = new TemporaryFolder();
        var live = new LiveReport(folder["live.html"]);
        folder.Dispose();

        for (int epoch = 1; epoch <= 2; epoch++)
            live.Report(new EpochMetrics { Epoch = epoch, NumberOfEpochs = 2, TrainingLoss = 1, LearningRate = 1, IsBest = true, Elapsed = TimeSpan.FromSeconds(epoch) });

        Assert.ThrowsExactly<DirectoryNotFoundException>(live.Dispose);
        live.Dispose(); // a second time does nothing
    }
}
