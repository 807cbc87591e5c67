namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Carries <see cref="EpochMetrics.Stop"/> from whichever thread calls it to the training. All signals are equal, since two records of metrics
/// differ by what was measured only.
/// </summary>
internal sealed class StopSignal
{
    private volatile bool _isRequested;

    /// <summary>Whether the training is to end.</summary>
    public bool IsRequested => _isRequested;

    public void Request() => _isRequested = true;

    public override bool Equals(object? obj) => obj is StopSignal;

    public override int GetHashCode() => 0;
}
