namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What the search remembers, and where it ends, by hand.</summary>
[TestClass]
public sealed class LbfgsMemoryTests
{
    [TestMethod]
    public void A_search_that_is_written_goes_on_as_if_nothing_had_been()
    {
        LbfgsSearch whole = Create(), read = Create();
        for (int i = 0; i < 4; i++) whole.Iterate();
        Resumed.From(whole, read);
        Assert.AreEqual((whole.Value, whole.Step, whole.HasConverged), (read.Value, read.Step, read.HasConverged));
        CollectionAssert.AreEqual(whole.X, read.X);
        for (int i = 0; i < 3; i++)
        {
            whole.Iterate();
            read.Iterate();
        }

        CollectionAssert.AreEqual(whole.X, read.X);

        static LbfgsSearch Create() => new(new LbfgsOptimizer { MemorySize = 3 }, new FunctionObjective(
            x => 100 * Math.Pow(x[1] - x[0] * x[0], 2) + Math.Pow(1 - x[0], 2),
            x => [-400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]), 200 * (x[1] - x[0] * x[0])]), [-1.2, 1]);
    }

    [TestMethod]
    public void More_changes_than_the_memory_holds_are_refused()
    {
        var memory = new LbfgsMemory(2);
        memory.Add([0], [1], [0], [1]);
        memory.Add([1], [2], [1], [2]);
        memory.Add([2], [3], [2], [3]);
        using StateReader reader = Resumed.Written(state => memory.Transfer(state, 1)), again = Resumed.Written(state => memory.Transfer(state, 1));
        new LbfgsMemory(2).Transfer(reader, 1);

        Assert.Contains("the number of its changes is 2, the range is 0 to 1",
            Assert.ThrowsExactly<InvalidDataException>(() => new LbfgsMemory(1).Transfer(again, 1)).Message);
    }

    [TestMethod]
    public void A_change_with_hardly_any_curvature_is_not_remembered()
    {
        // s y must be above 1e-12 y y.
        var memory = new LbfgsMemory(3);
        memory.Add([0], [0.9e-12], [0], [1]);
        Assert.IsTrue(memory.IsEmpty);
        memory.Add([0], [1.1e-12], [0], [1]);
        Assert.IsFalse(memory.IsEmpty);
        memory.Clear();
        Assert.IsTrue(memory.IsEmpty);
    }

    [TestMethod]
    public void Vectors_are_multiplied_and_added_component_by_component()
    {
        double[] y = [1, 2, 3];
        DoubleVector.AddScaled(y, 2, [10, 20, 30]);

        CollectionAssert.AreEqual(new[] { 21.0, 42, 63 }, y);
        Assert.AreEqual(1 * 4 - 2 * 5 + 3 * 6.0, DoubleVector.Dot([1, -2, 3], [4, 5, 6]));
        Assert.AreEqual(5, DoubleVector.Norm([3, -4]));
    }

    [TestMethod]
    public void The_first_step_is_of_length_one_or_the_gradient_s_where_that_is_less()
    {
        // On (x - 3)^2 / 2 from 0 the gradient is -3: one step of length 1. On (x - 0.5)^2 / 2 it is -0.5, and the step goes to the end.
        LbfgsSearch far = new(new LbfgsOptimizer(), new FunctionObjective(x => (x[0] - 3) * (x[0] - 3) / 2, x => [x[0] - 3]), [0]);
        far.Iterate();
        Assert.AreEqual((1.0, 1 / 3.0, 2.0), (far.X[0], far.Step, far.Value));

        LbfgsSearch near = new(new LbfgsOptimizer(), new FunctionObjective(x => (x[0] - 0.5) * (x[0] - 0.5) / 2, x => [x[0] - 0.5]), [0]);
        near.Iterate();
        Assert.AreEqual((0.5, 1.0, 0.0, true), (near.X[0], near.Step, near.Value, near.HasConverged));
        near.Iterate();
        Assert.AreEqual(0.0, near.Step, "it stays where it is");
    }

    [TestMethod]
    public void Where_no_step_leads_down_the_search_has_ended()
    {
        // The gradient says that the value falls to the right, and it rises there: no step is found, and there is nothing to forget.
        var search = new LbfgsSearch(new LbfgsOptimizer(), new FunctionObjective(x => Math.Abs(x[0]), _ => [-1]), [0]);
        search.Iterate();

        Assert.IsTrue(search.HasConverged);
        Assert.AreEqual((0.0, 0.0), (search.X[0], search.Step));
    }

    [TestMethod]
    public void A_line_search_takes_25_evaluations_at_most_and_the_lowest_of_them()
    {
        // A slope without an end: steps double until the evaluations are used up, and the last one that was good is taken again.
        var objective = new FunctionObjective(x => -x[0], _ => [-1]);
        LineSearch.Trial? found = new LineSearch(objective, [0], 0, [1], -1).Run(1);
        Assert.AreEqual((Math.Pow(2, 24), 26), (found!.Value.Step, objective.Evaluations));

        var upward = new FunctionObjective(x => x[0], _ => [1]);
        Assert.IsNull(new LineSearch(upward, [0], 0, [1], -1).Run(1));
        Assert.AreEqual(25, upward.Evaluations);
    }

    [TestMethod]
    public void Between_two_steps_the_next_is_the_lowest_of_the_parabola_that_fits_three_numbers()
    {
        // f = (x - 1)^2 from 0 with slope -2; the first trial at 4 has the value 9, and the parabola's lowest place is 1.
        List<double> trials = [];
        var objective = new FunctionObjective(
            x =>
            {
                trials.Add(x[0]);
                return (x[0] - 1) * (x[0] - 1);
            },
            x => [2 * (x[0] - 1)]);
        Assert.AreEqual(1.0, new LineSearch(objective, [0], 1, [1], -2).Run(4)!.Value.Step, 1e-12);
        CollectionAssert.AreEqual(new[] { 4.0, 1.0 }, trials);

        // From 100 the place would be a hundredth of the way: a tenth is the least.
        trials.Clear();
        new LineSearch(objective, [0], 1, [1], -2).Run(100);
        Assert.AreEqual(10, trials[1], 1e-12);
    }
}
