namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>One side's way to do a workload.</summary>
/// <param name="run">Does it once.</param>
/// <param name="result">What the last run computed.</param>
/// <param name="resources">What it holds on to.</param>
internal sealed class Contestant(Action run, Func<float[]> result, IDisposable resources) : IDisposable
{
    /// <summary>Does it once.</summary>
    public void Run() => run();

    /// <summary>What the last run computed, so that two sides can be checked against each other.</summary>
    public float[] Result() => result();

    /// <inheritdoc/>
    public void Dispose() => resources.Dispose();
}
