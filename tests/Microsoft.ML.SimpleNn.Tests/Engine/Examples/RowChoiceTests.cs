namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Which rows are held out, by their places and by their classes.</summary>
[TestClass]
public sealed class RowChoiceTests
{
    [TestMethod]
    public void A_fraction_of_the_places_is_chosen_and_the_same_ones_each_time()
    {
        var selection = new RowSelection(key: 7, fraction: 0.2);
        bool[] chosen = [.. Enumerable.Range(0, 10_000).Select(i => selection.Contains(i))];

        // The standard error of a share of 0.2 in 10,000 is 0.004.
        Assert.AreEqual(0.2, chosen.Average(is20 => is20 ? 1.0 : 0), 0.02);
        CollectionAssert.AreEqual(chosen, Enumerable.Range(0, 10_000).Select(i => new RowSelection(7, 0.2).Contains(i)).ToArray());
        CollectionAssert.AreNotEqual(chosen, Enumerable.Range(0, 10_000).Select(i => new RowSelection(8, 0.2).Contains(i)).ToArray());
    }

    [TestMethod]
    public void The_place_is_hashed_to_53_bits_as_the_random_numbers_are()
    {
        var selection = new RowSelection(key: 3, fraction: 0.37);
        for (long position = 0; position < 200; position++)
            Assert.AreEqual((SplitMix64.Mix(3 + (ulong)position) >> 11) / Math.Pow(2, 53) < 0.37, selection.Contains(position), $"{position}");
    }

    [TestMethod]
    public void All_or_none_are_chosen_at_the_ends_and_a_place_can_be_left_out()
    {
        RowSelection all = new(1, 1), none = new(1, 0);
        all.Exempt(5);

        Assert.IsTrue(Enumerable.Range(0, 1000).All(i => all.Contains(i) == (i != 5)));
        Assert.IsFalse(Enumerable.Range(0, 1000).Any(i => none.Contains(i)));
    }

    [TestMethod]
    public void A_class_gives_no_row_before_it_keeps_one_and_never_more_than_half()
    {
        // All rows are wanted. The first stays; of two one may go, of three one, of four two.
        var quota = new ClassQuota(0.1);
        CollectionAssert.AreEqual(new[] { false, true, false, true, false }, Enumerable.Range(0, 5).Select(_ => quota.Gives(3, isWanted: true)).ToArray());
        CollectionAssert.AreEqual(new[] { false, true }, new[] { quota.Gives(4, true), quota.Gives(4, true) }, "another class has a count of its own");
    }

    [TestMethod]
    public void A_larger_fraction_may_take_more_than_half()
    {
        // At most 0.75 of the rows so far: of 2 one, of 3 two, of 4 three, of 5 three, of 6 four.
        var quota = new ClassQuota(0.75);
        CollectionAssert.AreEqual(new[] { false, true, true, true, false, true }, Enumerable.Range(0, 6).Select(_ => quota.Gives(0, isWanted: true)).ToArray());
    }

    [TestMethod]
    public void A_row_that_is_not_wanted_counts_among_those_that_stay()
    {
        var quota = new ClassQuota(0.5);
        bool[] wanted = [false, false, true, true, true];

        CollectionAssert.AreEqual(new[] { false, false, true, true, false }, wanted.Select(isWanted => quota.Gives(0, isWanted)).ToArray());
    }
}
