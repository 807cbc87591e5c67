namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class EarlyStoppingTests
{
    private readonly Network _network = Network.Create(1, [], 1);

    [TestMethod]
    public void The_lowest_loss_is_the_best_and_its_weights_come_back()
    {
        var stopping = new EarlyStopping(_network, patience: 3, minimumImprovement: 0);

        CollectionAssert.AreEqual(new[] { true, true, false, true, false }, Observe(stopping, standardError: 0, 5, 3, 4, 2, 6));
        Assert.AreEqual(4, stopping.BestEpoch);
        stopping.RestoreBest();
        Assert.AreEqual(4f, _network.Layers[0].GetWeights()[0]); // the weight is the epoch
    }

    [TestMethod]
    public void Of_losses_within_a_standard_error_of_the_lowest_the_last_is_the_best()
    {
        var stopping = new EarlyStopping(_network, patience: 3, minimumImprovement: 0);

        CollectionAssert.AreEqual(new[] { true, true, true, false, true, false }, Observe(stopping, standardError: 0.5, 5, 3, 3.4, 3.6, 3.5, 4));
        Assert.AreEqual(5, stopping.BestEpoch);
    }

    [TestMethod]
    public void It_stops_after_patience_epochs_without_a_lower_loss()
    {
        var stopping = new EarlyStopping(_network, patience: 3, minimumImprovement: 0);
        double[] losses = [5, 3, 3, 3.1, 3.2, 3];
        bool[] stops = [false, false, false, false, true, true];

        for (int epoch = 1; epoch <= losses.Length; epoch++)
        {
            stopping.Observe(epoch, losses[epoch - 1], standardError: 0);
            Assert.AreEqual(stops[epoch - 1], stopping.ShouldStop(epoch), $"epoch {epoch}");
        }
    }

    [TestMethod]
    public void An_improvement_smaller_than_the_minimum_does_not_prolong_the_run_but_its_weights_are_kept()
    {
        var stopping = new EarlyStopping(_network, patience: 2, minimumImprovement: 0.5);
        Observe(stopping, standardError: 0, 5, 4.8, 4.7);

        Assert.IsTrue(stopping.ShouldStop(3));
        Assert.AreEqual(3, stopping.BestEpoch);
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void A_loss_that_is_no_finite_number_is_never_the_best(double loss)
    {
        var stopping = new EarlyStopping(_network, patience: 2, minimumImprovement: 0);

        CollectionAssert.AreEqual(new[] { false, false }, Observe(stopping, standardError: double.NaN, loss, loss));
        Assert.AreEqual(0, stopping.BestEpoch);
        Assert.IsTrue(stopping.ShouldStop(2));
    }

    private bool[] Observe(EarlyStopping stopping, double standardError, params double[] losses) =>
        [.. losses.Select((loss, i) =>
        {
            _network.Layers[0].SetWeights([i + 1]);
            return stopping.Observe(i + 1, loss, standardError);
        })];
}
