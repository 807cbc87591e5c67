namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Reports at once, on the thread that trains; <see cref="Progress{T}"/> would do it on another.</summary>
internal sealed class Listener(Action<EpochMetrics> report) : IProgress<EpochMetrics>
{
    public void Report(EpochMetrics value) => report(value);
}
