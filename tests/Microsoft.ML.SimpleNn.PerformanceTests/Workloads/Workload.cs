using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>Something to compute that both sides can do, on the same numbers.</summary>
internal abstract class Workload
{
    /// <summary>What is computed.</summary>
    public abstract string Name { get; }

    /// <summary>The sizes.</summary>
    public abstract string Shape { get; }

    /// <summary>The operations of the matrix products in one run, a multiply-add counted as two.</summary>
    public abstract double Operations { get; }

    /// <summary>Our side.</summary>
    /// <param name="threads">The threads to use.</param>
    public abstract Contestant CreateOurs(int threads);

    /// <summary>The peer's side, on as many threads as the peer has been given.</summary>
    public abstract Contestant CreateTheirs(IPeer peer);
}
