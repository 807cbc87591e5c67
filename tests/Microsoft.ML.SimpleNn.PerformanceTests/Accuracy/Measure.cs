namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A figure that a task is judged by.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Goal">The value to reach.</param>
/// <param name="LowerIsBetter">Whether it is an error.</param>
internal sealed record Measure(string Name, double Goal, bool LowerIsBetter = false)
{
    /// <summary>Whether a value reaches the goal.</summary>
    public bool IsReachedBy(double value) => LowerIsBetter ? value <= Goal : value >= Goal;
}
