using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The range, unit, default and remedy of the trainers' options that are numbers and that the engine has no word for; those of the others are
/// <see cref="OptionConstraints"/>.
/// </summary>
internal static class TrainerConstraints
{
    public static OptionConstraint<double> ValidationFraction { get; } = new(nameof(ValidationFraction), new(0, IsLeastIn: false, 1, IsMostIn: false))
    {
        Remedy = "to train on all rows set EarlyStopping to false",
    };

    public static OptionConstraint<int> EnsembleSize { get; } = new(nameof(EnsembleSize), new(1, Most: NetworkLimits.EnsembleSize))
    {
        Unit = "network",
        Remedy = "three to ten are usual, and 1 is no ensemble",
    };

    public static OptionConstraint<long> MemoryBudget { get; } = new(nameof(MemoryBudget), new(1))
    {
        Unit = "byte",
        Null = "it is half of the memory that the runtime may use",
    };

    public static OptionConstraint<double> Contamination { get; } = new(nameof(Contamination), new(0, Most: 0.5))
    {
        Default = 0.05,
        Remedy = "it is the fraction of the rows that are taken for anomalies",
    };

    public static OptionConstraint<float> IntervalCoverage { get; } = new(nameof(IntervalCoverage), new(0, IsLeastIn: false, 1, IsMostIn: false))
    {
        Remedy = "it is the probability that a number lies in its interval, for example 0.9",
        Null = "there is no interval",
    };

    public static OptionConstraint<float> PredictionSetCoverage { get; } = new(nameof(PredictionSetCoverage), new(0, IsLeastIn: false, 1, IsMostIn: false))
    {
        Remedy = "it is the probability that a row's set of classes has its class, for example 0.9",
        Null = "there are no sets",
    };

    /// <summary>The weight of a class.</summary>
    /// <param name="name">The name of the class.</param>
    public static OptionConstraint<float> ClassWeightOf(string name) =>
        new($"ClassWeights[\"{name}\"]", new(0)) { Remedy = "0 leaves the rows of the class out" };
}
