using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Another library that does the same work, or some of it: what it does not do is null.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>The name in a table's head, which is also its contestants' side.</summary>
    string Name { get; }

    /// <summary>The library and its version.</summary>
    string Version { get; }

    /// <summary>One of the three products of a dense layer.</summary>
    Contestant? CreateProduct(Product product, LayerData data, int threads) => null;

    /// <summary>Forward, softmax cross-entropy, backward, and Adam unless the step is without; the result is the loss.</summary>
    Contestant? CreateStep(StepData data, bool withOptimizer, int threads) => null;

    /// <summary>The outputs of a network for rows; the result is the outputs.</summary>
    Contestant? CreateScoring(StepData data, int threads) => null;
}
