namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>scale z + offset for each output, by hand.</summary>
[TestClass]
public sealed class OutputStageTests
{
    [TestMethod]
    public void Outputs_are_multiplied_and_moved()
    {
        float[] outputs = [3, 3, 3];
        new OutputStage([2, -1, 0], [0.5, 10, 7]).Apply(outputs);

        CollectionAssert.AreEqual(new[] { 6.5f, 7, 7 }, outputs);
    }

    [TestMethod]
    public void Both_lists_are_kept_as_they_were_given()
    {
        double[] scale = [2, 3], offset = [4, double.NaN];
        var stage = new OutputStage(scale, offset);
        (scale[0], offset[0]) = (100, 100);

        CollectionAssert.AreEqual(new[] { 2.0, 3 }, stage.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 4, double.NaN }, stage.Offset.ToArray());
    }

    [TestMethod]
    public void What_no_output_can_have_is_refused()
    {
        Refuses("There are 2 factors, but 1 offsets.", "offset", [1, 2], [0]);
        Refuses("A factor is NaN; it must be finite.", "scale", [1, double.NaN], [0, 0]);
        Refuses("A factor is Infinity; it must be finite.", "scale", [double.PositiveInfinity], [0]);
        Refuses("An offset is -Infinity; it must not be infinite.", "offset", [1, 1], [0, double.NegativeInfinity]);

        static void Refuses(string message, string parameter, double[] scale, double[] offset)
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => new OutputStage(scale, offset));
            Assert.StartsWith(message, error.Message);
            Assert.AreEqual(parameter, error.ParamName);
        }
    }

    [TestMethod]
    public void A_factor_is_that_of_all_outputs_and_nothing_is_added()
    {
        OutputStage stage = OutputStage.OfFactor(0.25, 3);

        CollectionAssert.AreEqual(new[] { 0.25, 0.25, 0.25 }, stage.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 0.0, 0, 0 }, stage.Offset.ToArray());
    }

    [TestMethod]
    public void Outputs_that_were_never_known_give_NaN_until_a_target_is()
    {
        OutputStage unknown = OutputStage.WithUnknown(new OutputStage([2, 3, 4], [5, 6, 7]), 3, [1, 2]);
        CollectionAssert.AreEqual(new[] { 2.0, 0, 0 }, unknown.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 5, double.NaN, double.NaN }, unknown.Offset.ToArray());
        CollectionAssert.AreEqual(new[] { false, true, true }, new[] { unknown.IsUnknown(0), unknown.IsUnknown(1), unknown.IsUnknown(2) });

        // The first was known before and keeps what it has; the last is still not known.
        OutputStage known = unknown.WithKnown(new TargetStatistics([9, 9, double.NaN], [1, 1, 1]));
        CollectionAssert.AreEqual(new[] { 2.0, 1, 0 }, known.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 5, 0, double.NaN }, known.Offset.ToArray());
    }

    [TestMethod]
    public void Without_a_stage_the_other_outputs_stay_as_they_are()
    {
        OutputStage stage = OutputStage.WithUnknown(null, 2, [0]);

        CollectionAssert.AreEqual(new[] { 0.0, 1 }, stage.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { double.NaN, 0 }, stage.Offset.ToArray());
    }

    [TestMethod]
    public void Another_order_takes_both_from_the_place_named()
    {
        OutputStage stage = new OutputStage([1, 2, 3], [10, 20, 30]).InOrder([2, 0]);

        CollectionAssert.AreEqual(new[] { 3.0, 1 }, stage.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 30.0, 10 }, stage.Offset.ToArray());
    }
}
