using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Another library that does the same work.</summary>
internal interface IPeer
{
    /// <summary>The library and its version.</summary>
    string Name { get; }

    /// <summary>Sets the threads that the peer computes with from now on.</summary>
    void UseThreads(int threads);

    /// <summary>One of the three products of a dense layer.</summary>
    Contestant CreateProduct(Product product, LayerData data);

    /// <summary>Forward, softmax cross-entropy, backward, Adam; the result is the loss.</summary>
    Contestant CreateTrainingStep(StepData data);
}
