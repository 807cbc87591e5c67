using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Data;

/// <summary>Von Neumann's ratio of hand-made labels, by whether a warning comes.</summary>
[TestClass]
public sealed class LabelOrderTests
{
    [TestMethod]
    public void Sorted_numbers_and_classes_are_an_order_mixed_ones_are_not()
    {
        float[] sorted = [.. Enumerable.Range(0, 100).Select(i => (float)i)], mixed = [.. sorted.Select(i => i * 37 % 100)];
        float[] classes = [.. sorted.Select(i => MathF.Floor(i / 25))];

        Assert.IsTrue(Warns(sorted, areClasses: false));
        Assert.IsFalse(Warns(mixed, areClasses: false));
        Assert.IsTrue(Warns(classes, areClasses: true));
        Assert.IsFalse(Warns([.. mixed.Select(i => MathF.Floor(i / 25))], areClasses: true));
    }

    [TestMethod]
    public void The_border_is_half_of_the_difference_of_two_rows_at_random()
    {
        // Two classes, half of the rows each, in runs of n: neighbours differ at one place in n, two rows at random in half of all pairs. So the ratio is 2 / n.
        Assert.IsFalse(Warns(Runs(3), areClasses: true));
        Assert.IsTrue(Warns(Runs(5), areClasses: true));
        Assert.IsTrue(Warns(Runs(5), areClasses: false));

        static float[] Runs(int length) => [.. Enumerable.Range(0, 3000).Select(i => (float)(i / length % 2))];
    }

    [TestMethod]
    public void A_label_that_is_always_the_same_or_missing_is_in_no_order()
    {
        Assert.IsFalse(Warns([3, 3, 3, 3], areClasses: false));
        Assert.IsFalse(Warns([2, 2, 2, 2], areClasses: true));
        Assert.IsFalse(Warns([float.NaN, float.NaN], areClasses: false));
        Assert.IsFalse(Warns([], areClasses: false));
    }

    private static bool Warns(float[] labels, bool areClasses)
    {
        var ml = new MLContext();
        var log = new LogCapture(ml);
        var order = new LabelOrder(areClasses);
        foreach (float label in labels) order.Add([label]);
        using IChannel channel = ((IHostEnvironment)ml).Register("SimpleNnTest").Start("Reading");
        order.Report(channel, "Label", 10);
        return log.Warnings.Length > 0;
    }
}
