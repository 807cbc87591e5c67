namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class CheckpointIntervalTests
{
    [TestMethod]
    public void An_interval_is_in_epochs_or_in_minutes()
    {
        Assert.AreEqual((1, null), (CheckpointInterval.Epochs(1).NumberOfEpochs, CheckpointInterval.Epochs(1).Time));
        Assert.AreEqual((null, TimeSpan.FromSeconds(90)), (CheckpointInterval.Minutes(1.5).NumberOfEpochs, CheckpointInterval.Minutes(1.5).Time));
        Assert.AreEqual(TimeSpan.FromMinutes(1e6), CheckpointInterval.Minutes(1e6).Time);
    }

    [TestMethod]
    public void What_is_no_interval_is_refused()
    {
        foreach (int count in new[] { 0, -1, int.MinValue })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CheckpointInterval.Epochs(count));
            Assert.StartsWith("Epochs must be 1 or more: with 1 each epoch is followed by a checkpoint.", error.Message);
            Assert.AreEqual(("count", (object)count), (error.ParamName, error.ActualValue));
        }

        foreach (double count in new[] { 0, -1, double.NaN, 1.0000001e6, double.PositiveInfinity })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CheckpointInterval.Minutes(count));
            Assert.StartsWith("Minutes must be above 0, and at most 1000000.", error.Message);
            Assert.AreEqual(("count", (object)count), (error.ParamName, error.ActualValue));
        }
    }
}
