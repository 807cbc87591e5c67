namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class TrainingHistoryTests
{
    [TestMethod]
    public void The_best_epoch_is_one_of_those_there_are_or_none()
    {
        EpochMetrics[] two = [Epoch(1), Epoch(2)];

        Assert.AreEqual(2, new TrainingHistory(two, 2, StopReason.EarlyStopping).BestEpoch);
        Assert.AreEqual(0, new TrainingHistory(two, 0, StopReason.Cancelled).BestEpoch);
        Assert.AreSame(two, new TrainingHistory(two, 1, StopReason.Completed).Epochs);
        Assert.AreEqual(StopReason.TimeBudget, new TrainingHistory(two, 1, StopReason.TimeBudget).StopReason);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TrainingHistory(two, 3, StopReason.Completed));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TrainingHistory(two, -1, StopReason.Completed));
        Assert.ThrowsExactly<ArgumentNullException>(() => new TrainingHistory(null!, 0, StopReason.Completed));
    }

    [TestMethod]
    public void Metrics_are_equal_by_what_was_measured_whatever_listens()
    {
        Assert.AreEqual(Epoch(3), Epoch(3));
        Assert.AreNotEqual(Epoch(3), Epoch(4));
        Assert.AreEqual(Epoch(3).GetHashCode(), Epoch(3).GetHashCode());
        Assert.IsFalse(new StopSignal().Equals("another kind"));
    }

    [TestMethod]
    public void Metrics_are_of_the_first_member_unless_another_is_named()
    {
        Assert.AreEqual((1, 1.0), (Epoch(1).EnsembleMember, Epoch(1).Factor));
        EpochMetrics metrics = Epoch(1);
        Assert.IsFalse(metrics.StopSignal.IsRequested);
        metrics.Stop();
        Assert.IsTrue(metrics.StopSignal.IsRequested);
    }

    private static EpochMetrics Epoch(int epoch) => new()
    {
        Epoch = epoch,
        NumberOfEpochs = 9,
        TrainingLoss = 0.5,
        LearningRate = 0.1f,
        IsBest = true,
        Elapsed = TimeSpan.FromSeconds(epoch),
    };
}
