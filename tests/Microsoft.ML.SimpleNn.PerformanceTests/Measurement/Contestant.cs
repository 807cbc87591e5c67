namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>One side's way to do a workload, on a number of threads.</summary>
/// <param name="side">Whose way it is: <see cref="Ours"/>, or a peer's short name.</param>
/// <param name="threads">The threads that it computes with.</param>
/// <param name="run">Does it once.</param>
/// <param name="resources">What it holds on to; null for nothing.</param>
internal sealed class Contestant(string side, int threads, Action run, IDisposable? resources) : IDisposable
{
    /// <summary>The side of this library.</summary>
    public const string Ours = "ours";

    /// <summary>Whose way it is.</summary>
    public string Side => side;

    /// <summary>The threads that it computes with.</summary>
    public int Threads => threads;

    /// <summary>What the last run computed, so that sides can be checked against each other; null where they cannot.</summary>
    public Func<float[]>? Result { get; init; }

    /// <summary>What must be done before a slice and is not timed.</summary>
    public Action? Prepare { get; init; }

    /// <summary>How often a run does the workload: more than once where starting a run takes long.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Does it once.</summary>
    public void Run() => run();

    /// <inheritdoc/>
    public void Dispose() => resources?.Dispose();
}
