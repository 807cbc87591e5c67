namespace Microsoft.ML.SimpleNn;

/// <summary>The range, unit, default and remedy of each option of a training that is a number.</summary>
internal static class OptionConstraints
{
    private const string WithoutPenalty = "with 0 there is no penalty", ByRows = "it is chosen from the number of rows";
    private const string Unstopped = "to run all epochs set EarlyStopping to false";

    private static readonly Interval<float> NotNegative = new(0), Positive = new(0, IsLeastIn: false), Fraction = new(0, Most: 1, IsMostIn: false);

    public static OptionConstraint<int> NumberOfEpochs { get; } = new(nameof(NumberOfEpochs), new(1)) { Unit = "epoch", Default = 100, Null = ByRows };

    public static OptionConstraint<int> BatchSize { get; } = new(nameof(BatchSize), new(1)) { Unit = "row", Default = 128, Null = ByRows };

    public static OptionConstraint<float> L1Regularization { get; } = new(nameof(L1Regularization), NotNegative) { Remedy = WithoutPenalty };

    public static OptionConstraint<float> L2Regularization { get; } = new(nameof(L2Regularization), NotNegative) { Remedy = WithoutPenalty };

    public static OptionConstraint<float> InputDropout { get; } = new(nameof(InputDropout), Fraction) { Remedy = "with 0 no feature is dropped" };

    public static OptionConstraint<float> Dropout { get; } = new(nameof(Dropout), Fraction) { Remedy = "with 0 no unit is dropped" };

    public static OptionConstraint<float> LabelSmoothing { get; } = new(nameof(LabelSmoothing), Fraction) { Remedy = "0.1 is usual", Null = "it is chosen" };

    public static OptionConstraint<float> MaximumGradientNorm { get; } = new(nameof(MaximumGradientNorm), Positive) { Null = "no gradient is clipped" };

    public static OptionConstraint<float> MaximumWeightNorm { get; } = new(nameof(MaximumWeightNorm), Positive) { Null = "weights may have any size" };

    public static OptionConstraint<int> Patience { get; } = new(nameof(Patience), new(1)) { Unit = "epoch", Default = 10, Remedy = Unstopped };

    public static OptionConstraint<double> MinimumImprovement { get; } = new(nameof(MinimumImprovement), new(0));

    public static OptionConstraint<TimeSpan> TimeBudget { get; } = new(nameof(TimeBudget), new(TimeSpan.Zero, IsLeastIn: false))
    {
        Null = "the training takes as long as it takes",
    };

    public static OptionConstraint<int> NumberOfThreads { get; } = new(nameof(NumberOfThreads), new(1, Most: NetworkLimits.Threads))
    {
        Unit = "thread",
        Null = "every logical processor is used",
    };

    /// <summary>
    /// The first option set that L-BFGS cannot follow, since it changes loss, gradient or weights from step to step, its value, and the value that it must
    /// have; null for none.
    /// </summary>
    public static (string Option, object Value, string MustBe)? UnfitForFullBatch(
        float? labelSmoothing, float inputDropout, float dropout, ImageDistortion? imageDistortion, float? maximumGradientNorm, float? maximumWeightNorm)
    {
        const string Zero = "0", Null = "null";
        return labelSmoothing is > 0 ? (nameof(LabelSmoothing), labelSmoothing, Zero)
            : inputDropout > 0 ? (nameof(InputDropout), inputDropout, Zero)
            : dropout > 0 ? (nameof(Dropout), dropout, Zero)
            : imageDistortion is not null ? (nameof(ImageDistortion), "a distortion", Null)
            : maximumGradientNorm is not null ? (nameof(MaximumGradientNorm), maximumGradientNorm, Null)
            : maximumWeightNorm is not null ? (nameof(MaximumWeightNorm), maximumWeightNorm, Null)
            : null;
    }
}
