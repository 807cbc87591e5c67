using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Tuning;

[TestClass]
public sealed class HalvingPlanTests
{
    [TestMethod]
    [DataRow(27, 60, new[] { 27, 9, 3 }, new[] { 7, 20, 60 }, "three rounds")]
    [DataRow(27, 28, new[] { 27, 9, 3 }, new[] { 4, 10, 28 }, "rounded up")]
    [DataRow(27, 12, new[] { 27, 9 }, new[] { 4, 12 }, "no round of one epoch")]
    [DataRow(8, 60, new[] { 8, 2 }, new[] { 20, 60 }, "no round of no configuration")]
    [DataRow(1, 60, new[] { 1 }, new[] { 60 }, "one round")]
    [DataRow(81, 2, new[] { 81 }, new[] { 2 }, "too few epochs for more than one round")]
    public void A_third_goes_on_for_three_times_as_many_epochs(int configurations, int epochs, int[] configurationsOfRounds, int[] epochsOfRounds, string why)
    {
        HalvingPlan plan = HalvingPlan.For(configurations, epochs);

        CollectionAssert.AreEqual(configurationsOfRounds, plan.Configurations, why);
        CollectionAssert.AreEqual(epochsOfRounds, plan.Epochs, why);
    }

    /// <summary>27 x 7/60 + 9 x 20/60 + 3 = 3.15 + 3 + 3.</summary>
    [TestMethod]
    public void The_cost_is_in_trainings_of_all_epochs() => Assert.AreEqual(9.15, HalvingPlan.For(27, 60).Trainings, 1e-12);

    /// <summary>Three configurations cost 3 x 20/60 + 1 = 2, two of them 2.</summary>
    [TestMethod]
    [DataRow(100.0, 27)]
    [DataRow(9.15, 27)]
    [DataRow(2.1, 3)]
    [DataRow(1.5, 1)]
    [DataRow(0.9, null)]
    [DataRow(-1.0, null)]
    public void As_many_are_tried_as_there_is_time_for(double trainings, int? configurations) =>
        Assert.AreEqual(configurations, HalvingPlan.Within(trainings, most: 27, epochs: 60)?.Configurations[0]);
}
