namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is in an interval, and how it is said.</summary>
[TestClass]
public sealed class IntervalTests
{
    [TestMethod]
    public void Ends_are_in_as_the_interval_says()
    {
        AssertOnly(new Interval<int>(1, Most: 3), [1, 2, 3], [int.MinValue, 0, 4]);
        AssertOnly(new Interval<int>(1), [1, int.MaxValue], [0, int.MinValue]);
        AssertOnly(new Interval<float>(0, Most: 1, IsMostIn: false), [0, -0f, 0.99999994f], [-1e-45f, 1, float.NaN]);
        AssertOnly(new Interval<double>(0, IsLeastIn: false, 1), [double.Epsilon, 1], [0, 1.0000000000000002, double.NaN]);
        AssertOnly(new Interval<float>(0), [0, float.MaxValue], [float.PositiveInfinity, float.NegativeInfinity, float.NaN, -1e-45f]);
        AssertOnly(new Interval<TimeSpan>(TimeSpan.Zero, IsLeastIn: false), [new(1), TimeSpan.MaxValue], [TimeSpan.Zero, new(-1)]);
    }

    [TestMethod]
    public void Ends_and_what_is_beyond_are_found_for_the_tables_of_tests()
    {
        CollectionAssert.AreEqual(new object[] { 1, 100 }, IntervalEnds.In(new Interval<int>(1, Most: 100)));
        CollectionAssert.AreEqual(new object[] { 0, int.MinValue, 101, int.MaxValue }, IntervalEnds.Out(new Interval<int>(1, Most: 100)));
        CollectionAssert.AreEqual(new object[] { 1e-45f, float.MaxValue }, IntervalEnds.In(new Interval<float>(0, IsLeastIn: false)));
        CollectionAssert.AreEqual(new object[] { 0f, float.MinValue, 1f, float.MaxValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity }, IntervalEnds.Out(new Interval<float>(0, false, 1, false)));
    }

    [TestMethod]
    public void The_words_follow_the_ends()
    {
        Assert.AreEqual("1 epoch or more", new Interval<int>(1).ToString("epoch"));
        Assert.AreEqual("1 to 100 networks", new Interval<int>(1, Most: 100).ToString("network"));
        Assert.AreEqual("0 to 0.5", new Interval<double>(0, Most: 0.5).ToString(""));
        Assert.AreEqual("0 or more and below 1", new Interval<float>(0, Most: 1, IsMostIn: false).ToString(""));
        Assert.AreEqual("above 0 and below 1", new Interval<float>(0, false, 1, false).ToString(""));
        Assert.AreEqual("above 0 and at most 1", new Interval<float>(0, false, 1).ToString(""));
        Assert.AreEqual("a finite number, 0 or more", new Interval<float>(0).ToString(""));
        Assert.AreEqual("a finite number above 0", new Interval<double>(0, IsLeastIn: false).ToString(""));
        Assert.AreEqual("above zero", new Interval<TimeSpan>(TimeSpan.Zero, IsLeastIn: false).ToString(""));
    }

    private static void AssertOnly<T>(Interval<T> range, T[] inside, T[] outside)
        where T : struct, IComparable<T>, IFormattable
    {
        foreach (T value in inside) Assert.IsTrue(range.Contains(value), $"{value}");
        foreach (T value in outside) Assert.IsFalse(range.Contains(value), $"{value}");
    }
}
