namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class EarlyStoppingTests
{
    private readonly Network _network = Network.Create(1, [], 1);

    [TestMethod]
    public void The_lowest_loss_is_the_best_and_its_weights_come_back()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 3, minimumImprovement: 0));

        CollectionAssert.AreEqual(new[] { true, true, false, true, false }, Observe(stopping, standardError: 0, 5, 3, 4, 2, 6));
        Assert.AreEqual(4, stopping.BestEpoch);
        stopping.RestoreBest();
        Assert.AreEqual(4f, _network.Layers[0].GetWeights()[0]); // the weight is the epoch
    }

    [TestMethod]
    public void Of_losses_within_a_standard_error_of_the_lowest_the_last_is_the_best()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 3, minimumImprovement: 0));

        CollectionAssert.AreEqual(new[] { true, true, true, false, true, false }, Observe(stopping, standardError: 0.5, 5, 3, 3.4, 3.6, 3.5, 4));
        Assert.AreEqual(5, stopping.BestEpoch);
    }

    [TestMethod]
    public void It_stops_after_patience_epochs_without_a_lower_loss()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 3, minimumImprovement: 0));
        double[] losses = [5, 3, 3, 3.1, 3.2, 3];
        bool[] stops = [false, false, false, false, true, true];

        for (int epoch = 1; epoch <= losses.Length; epoch++)
        {
            stopping.Observe(epoch, new Judgement(losses[epoch - 1], StandardError: 0, Accuracy: null, Factor: 1));
            Assert.AreEqual(stops[epoch - 1], stopping.ShouldStop(epoch), $"epoch {epoch}");
        }
    }

    [TestMethod]
    public void An_improvement_smaller_than_the_minimum_does_not_prolong_the_run_but_its_weights_are_kept()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 2, minimumImprovement: 0.5));
        Observe(stopping, standardError: 0, 5, 4.8, 4.7);

        Assert.IsTrue(stopping.ShouldStop(3));
        Assert.AreEqual(3, stopping.BestEpoch);
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void A_loss_that_is_no_finite_number_is_never_the_best(double loss)
    {
        var stopping = new EarlyStopping(_network, Options(patience: 2, minimumImprovement: 0));

        CollectionAssert.AreEqual(new[] { false, false }, Observe(stopping, standardError: double.NaN, loss, loss));
        Assert.AreEqual(0, stopping.BestEpoch);
        Assert.IsTrue(stopping.ShouldStop(2));
    }

    [TestMethod]
    public void Under_cycles_the_lowest_loss_at_an_end_is_kept_and_the_first_end_that_is_not_better_is_the_last()
    {
        // Cycles of 1, 2, 4 and 8 epochs end after epochs 1, 3, 7 and 15. Epochs between them are not looked at, however low their loss is.
        var stopping = new EarlyStopping(_network, Options(patience: 1, minimumImprovement: 0, LearningRateSchedule.WarmRestarts(1)));
        double[] losses = [5, 1, 4, 1, 1, 1, 3, 0, 0, 0, 0, 0, 0, 0, 3.1];
        int[] kept = [1, 3, 7];

        for (int epoch = 1; epoch <= losses.Length; epoch++)
        {
            Assert.AreEqual(kept.Contains(epoch), Observe(stopping, epoch, losses[epoch - 1]), $"epoch {epoch}");
            Assert.AreEqual(epoch == 15, stopping.ShouldStop(epoch), $"epoch {epoch}");
        }

        Assert.AreEqual((7, 7.0), (stopping.BestEpoch, stopping.BestFactor)); // the factor is the epoch, and so is the weight
        stopping.RestoreBest();
        Assert.AreEqual(7f, _network.Layers[0].GetWeights()[0]);
    }

    [TestMethod]
    public void Under_cycles_there_are_weights_to_keep_before_the_first_ends_and_the_run_s_end_counts_as_one()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 1, minimumImprovement: 0, LearningRateSchedule.WarmRestarts(4), epochs: 6));
        double[] losses = [double.NaN, 3, 2, 4, 1, 3.5];
        bool[] kept = [false, true, true, true, false, true]; // 4 is an end, and worse than what was there to keep for want of one

        for (int epoch = 1; epoch <= losses.Length; epoch++)
            Assert.AreEqual(kept[epoch - 1], Observe(stopping, epoch, losses[epoch - 1]), $"epoch {epoch}");
        Assert.AreEqual(6, stopping.BestEpoch);
    }

    [TestMethod]
    public void Under_cycles_an_end_that_is_better_by_less_than_the_minimum_is_kept_and_is_the_last()
    {
        var stopping = new EarlyStopping(_network, Options(patience: 1, minimumImprovement: 0.5, LearningRateSchedule.WarmRestarts(1)));
        Observe(stopping, 1, 5);
        Observe(stopping, 3, 4);
        Assert.IsFalse(stopping.ShouldStop(3));
        Observe(stopping, 7, 3.75);

        Assert.IsTrue(stopping.ShouldStop(7));
        Assert.AreEqual(7, stopping.BestEpoch);
    }

    private static TrainingOptions Options(int patience, double minimumImprovement, LearningRateSchedule? schedule = null, int epochs = 100) => new()
    {
        Loss = Loss.SquaredError,
        Patience = patience,
        MinimumImprovement = minimumImprovement,
        LearningRateSchedule = schedule ?? LearningRateSchedule.Constant,
        NumberOfEpochs = epochs,
    };

    private bool Observe(EarlyStopping stopping, int epoch, double loss)
    {
        _network.Layers[0].SetWeights([epoch]);
        return stopping.Observe(epoch, new Judgement(loss, StandardError: 0, Accuracy: null, Factor: epoch));
    }

    private bool[] Observe(EarlyStopping stopping, double standardError, params double[] losses) =>
        [.. losses.Select((loss, i) =>
        {
            _network.Layers[0].SetWeights([i + 1]);
            return stopping.Observe(i + 1, new Judgement(loss, standardError, Accuracy: null, Factor: i + 1));
        })];
}
