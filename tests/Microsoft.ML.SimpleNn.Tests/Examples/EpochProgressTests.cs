using System.Globalization;
using DigitImages;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class EpochProgressTests
{
    [TestMethod]
    public void Writes_a_line_for_each_epoch_where_there_is_no_terminal()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var output = new StringWriter();

        int result = EpochProgress.Show(output, progress =>
        {
            progress.Report(Epoch(1) with { TrainingLoss = 2.30258, IsBest = true });
            progress.Report(Epoch(2) with { TrainingLoss = 0.5, ValidationLoss = 0.25, ValidationAccuracy = 0.975 });
            return 42;
        });

        Assert.AreEqual(42, result);
        CollectionAssert.AreEqual(
            new[] { "epoch   1/20  loss 2.3026  best", "epoch   2/20  loss 0.5000  validation loss 0.2500  accuracy 97.5 %" },
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static EpochMetrics Epoch(int number) => new()
    {
        Epoch = number,
        NumberOfEpochs = 20,
        TrainingLoss = 1,
        LearningRate = 0.001f,
        IsBest = false,
        Elapsed = TimeSpan.FromSeconds(number),
    };
}
