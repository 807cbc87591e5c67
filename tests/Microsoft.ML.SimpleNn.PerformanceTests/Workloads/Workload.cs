using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>Something to compute that several sides can do, on the same numbers.</summary>
internal abstract class Workload
{
    /// <summary>What is computed, and on which sizes.</summary>
    public abstract string Name { get; }

    /// <summary>The operations of the matrix products in one run, a multiply-add counted as two.</summary>
    public abstract double Operations { get; }

    /// <summary>The most that the sides' results may differ, relative to the largest value: thousands of products, added in another order.</summary>
    public virtual double Tolerance => 1e-4;

    /// <summary>Our side.</summary>
    public abstract Contestant CreateOurs(int threads);

    /// <summary>A peer's side; null where the peer does not do this.</summary>
    public abstract Contestant? CreateTheirs(IPeer peer, int threads);
}
