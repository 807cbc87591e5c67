namespace Anomaly;

/// <summary>A row of data, whichever it is of.</summary>
internal sealed class Observation
{
    /// <summary>1 for an anomaly, else 0. The training does not look at it; the evaluator wants it as a number.</summary>
    public float IsAnomaly { get; init; }

    public float[] Features { get; init; } = [];
}
