using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The range, default and remedy of the settings of a search.</summary>
internal static class TuningConstraints
{
    public static OptionConstraint<int> NumberOfConfigurations { get; } = new("NumberOfConfigurations", new(1, Most: 100_000))
    {
        Unit = "configuration",
        Remedy = "27 cost about ten trainings",
    };

    public static OptionConstraint<TimeSpan> TimeBudget { get; } = new("TimeBudget", new(TimeSpan.Zero, IsLeastIn: false))
    {
        Null = "the number of configurations decides",
    };

    public static OptionConstraint<double> ValidationFraction { get; } = new("ValidationFraction", new(0, IsLeastIn: false, 1, IsMostIn: false))
    {
        Default = 0.2,
        Remedy = "trials are compared by these rows, for example by 0.2 of all",
    };
}
