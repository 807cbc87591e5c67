using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is said of each option that is a number, word by word; the tables of both classes of options take ranges and sentences from there.</summary>
[TestClass]
public sealed class OptionConstraintsTests
{
    [TestMethod]
    public void Every_option_is_refused_in_its_words()
    {
        AssertRefused(OptionConstraints.NumberOfEpochs, 0, "NumberOfEpochs is 0: it must be 1 epoch or more.", "NumberOfEpochs is 0: it must be 1 epoch or more; with null it is chosen from the number of rows.");
        AssertRefused(OptionConstraints.BatchSize, -1, "BatchSize is -1: it must be 1 row or more.", "BatchSize is -1: it must be 1 row or more; with null it is chosen from the number of rows.");
        AssertRefused(OptionConstraints.L1Regularization, float.NaN, "L1Regularization is NaN: it must be a finite number, 0 or more; with 0 there is no penalty.");
        AssertRefused(OptionConstraints.L2Regularization, -0.5f, "L2Regularization is -0.5: it must be a finite number, 0 or more; with 0 there is no penalty.");
        AssertRefused(OptionConstraints.InputDropout, 1, "InputDropout is 1: it must be 0 or more and below 1; with 0 no feature is dropped.");
        AssertRefused(OptionConstraints.Dropout, -0.1f, "Dropout is -0.1: it must be 0 or more and below 1; with 0 no unit is dropped.");
        AssertRefused(OptionConstraints.LabelSmoothing, 1.5f, "LabelSmoothing is 1.5: it must be 0 or more and below 1; 0.1 is usual.", "LabelSmoothing is 1.5: it must be 0 or more and below 1; 0.1 is usual, and with null it is chosen.");
        AssertRefused(OptionConstraints.MaximumGradientNorm, 0, "MaximumGradientNorm is 0: it must be a finite number above 0.", "MaximumGradientNorm is 0: it must be a finite number above 0; with null no gradient is clipped.");
        AssertRefused(OptionConstraints.MaximumWeightNorm, -1, "MaximumWeightNorm is -1: it must be a finite number above 0.", "MaximumWeightNorm is -1: it must be a finite number above 0; with null weights may have any size.");
        AssertRefused(OptionConstraints.Patience, 0, "Patience is 0: it must be 1 epoch or more; to run all epochs set EarlyStopping to false.");
        AssertRefused(OptionConstraints.MinimumImprovement, double.PositiveInfinity, "MinimumImprovement is Infinity: it must be a finite number, 0 or more.");
        AssertRefused(OptionConstraints.TimeBudget, TimeSpan.Zero, "TimeBudget is 00:00:00: it must be above zero.", "TimeBudget is 00:00:00: it must be above zero; with null the training takes as long as it takes.");
        AssertRefused(OptionConstraints.NumberOfThreads, 1025, "NumberOfThreads is 1025: it must be 1 to 1024 threads.", "NumberOfThreads is 1025: it must be 1 to 1024 threads; with null every logical processor is used.");
        AssertRefused(TrainerConstraints.ValidationFraction, 1.5, "ValidationFraction is 1.5: it must be above 0 and below 1; to train on all rows set EarlyStopping to false.");
        AssertRefused(TrainerConstraints.EnsembleSize, 101, "EnsembleSize is 101: it must be 1 to 100 networks; three to ten are usual, and 1 is no ensemble.");
        AssertRefused(TrainerConstraints.MemoryBudget, 0, "MemoryBudget is 0: it must be 1 byte or more.", "MemoryBudget is 0: it must be 1 byte or more; with null it is half of the memory that the runtime may use.");
        AssertRefused(TrainerConstraints.Contamination, 0.6, "Contamination is 0.6: it must be 0 to 0.5; it is the fraction of the rows that are taken for anomalies.");
        AssertRefused(TrainerConstraints.ClassWeightOf("blue"), -1, "ClassWeights[\"blue\"] is -1: it must be a finite number, 0 or more; 0 leaves the rows of the class out.");
    }

    [TestMethod]
    public void What_is_in_range_and_null_are_taken()
    {
        Assert.AreEqual(1, OptionConstraints.NumberOfEpochs.Check(1));
        Assert.IsNull(OptionConstraints.NumberOfEpochs.Check((int?)null));
        Assert.IsNull(OptionConstraints.NumberOfEpochs.Refuse(7));
    }

    [TestMethod]
    public void The_first_option_that_goes_with_no_full_batch_is_named()
    {
        Assert.IsNull(OptionConstraints.UnfitForFullBatch(null, 0, 0, null, null, null));
        Assert.IsNull(OptionConstraints.UnfitForFullBatch(0, 0, 0, null, null, null));
        Assert.AreEqual(("LabelSmoothing", 0.1f, "0"), OptionConstraints.UnfitForFullBatch(0.1f, 0.2f, 0, null, null, null));
        Assert.AreEqual(("InputDropout", 0.2f, "0"), OptionConstraints.UnfitForFullBatch(0, 0.2f, 0.3f, null, null, null));
        Assert.AreEqual(("Dropout", 0.3f, "0"), OptionConstraints.UnfitForFullBatch(null, 0, 0.3f, new ImageDistortion(), null, null));
        Assert.AreEqual(("ImageDistortion", "a distortion", "null"), OptionConstraints.UnfitForFullBatch(null, 0, 0, new ImageDistortion(), 1, null));
        Assert.AreEqual(("MaximumGradientNorm", 1f, "null"), OptionConstraints.UnfitForFullBatch(null, 0, 0, null, 1, 2));
        Assert.AreEqual(("MaximumWeightNorm", 2f, "null"), OptionConstraints.UnfitForFullBatch(null, 0, 0, null, null, 2));
    }

    /// <summary>Asserts the sentences for an option that is a number, and for one that may be null too; the same in every culture.</summary>
    private static void AssertRefused<T>(OptionConstraint<T> constraint, T value, string sentence, string? sentenceWhereNullIsAValue = null)
        where T : struct, IComparable<T>, IFormattable
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            Assert.AreEqual(sentence, constraint.Refuse(value));
            Assert.AreEqual(sentenceWhereNullIsAValue ?? sentence, constraint.Refuse((T?)value));
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => constraint.Check(value));
            Assert.StartsWith($"{sentence} (Parameter '{constraint.Name}')", error.Message);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
