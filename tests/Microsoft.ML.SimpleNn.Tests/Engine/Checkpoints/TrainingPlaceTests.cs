namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Where a run stands, counted by hand.</summary>
[TestClass]
public sealed class TrainingPlaceTests
{
    [TestMethod]
    public void A_place_counts_minibatches_rows_and_their_losses()
    {
        var place = new TrainingPlace();
        Assert.AreEqual((1, 0, 0L, 0L, 1f), (place.Epoch, place.Batch, place.Step, place.Visited, place.LearningRateFactor));

        place.Pass(rows: 4, loss: 2, learningRateFactor: 0.5f);
        place.Pass(rows: 1, loss: 7, learningRateFactor: 0.25f);
        // (4 * 2 + 7) / 5
        Assert.AreEqual((1, 2, 2L, 5L, 0.25f, 3.0), (place.Epoch, place.Batch, place.Step, place.Visited, place.LearningRateFactor, place.MeanLoss));

        place.EndEpoch();
        Assert.AreEqual((2, 0, 2L, 0L, 1f), (place.Epoch, place.Batch, place.Step, place.Visited, place.LearningRateFactor));
        place.Pass(rows: 2, loss: 6, learningRateFactor: 1);
        Assert.AreEqual((1, 3L, 2L, 6.0), (place.Batch, place.Step, place.Visited, place.MeanLoss), "the losses of the first epoch are gone");
    }

    [TestMethod]
    public void A_place_comes_back_from_a_checkpoint()
    {
        var place = new TrainingPlace();
        place.EndEpoch();
        place.Pass(3, 1.5, 0.5f);
        TrainingPlace read = Resumed.From(place, new TrainingPlace());

        Assert.AreEqual((2, 1, 1L, 3L, 1.5, 0.5f), (read.Epoch, read.Batch, read.Step, read.Visited, read.MeanLoss, read.LearningRateFactor));
    }

    [TestMethod]
    public void A_place_within_the_epoch_or_at_either_end_is_one()
    {
        Place(0, 0).Check(batches: 3, rows: 25);
        Place(1, 10).Check(3, 25);
        Place(2, 2).Check(3, 25); // each minibatch has a row at least
        Place(3, 25).Check(3, 25);
    }

    [TestMethod]
    [DataRow(4, 25, DisplayName = "more minibatches than there are")]
    [DataRow(3, 24, DisplayName = "all minibatches and not all rows")]
    [DataRow(2, 25, DisplayName = "all rows and not all minibatches")]
    [DataRow(2, 26, DisplayName = "more rows than there are")]
    [DataRow(2, 1, DisplayName = "fewer rows than minibatches")]
    public void A_place_that_no_run_can_be_at_is_told(int batch, int visited) =>
        Assert.Contains(
            $"since it is at minibatch {batch} of 3, with {visited} of 25 rows visited, and step {batch}:",
            Assert.ThrowsExactly<InvalidDataException>(() => Place(batch, visited).Check(3, 25)).Message);

    [TestMethod]
    public void The_clock_of_a_run_goes_on_from_where_it_was()
    {
        var time = new HandClock { Seconds = 100 };
        var clock = new RunClock(time);
        time.Seconds += 30;
        Assert.AreEqual(TimeSpan.FromSeconds(30), clock.Elapsed);

        time.Seconds = 5000; // another process, on another day
        var later = new RunClock(time);
        time.Seconds += 7; // what it takes to read
        Resumed.From(clock: clock, at: 130, into: later, time);
        time.Seconds += 10;
        Assert.AreEqual(TimeSpan.FromSeconds(40), later.Elapsed);
    }

    private static TrainingPlace Place(int batch, int visited)
    {
        var place = new TrainingPlace();
        for (int i = 0; i < batch; i++) place.Pass(i == 0 ? visited - (batch - 1) : 1, 0, 1);
        return place;
    }
}
