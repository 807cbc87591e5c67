using BenchmarkDotNet.Attributes;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>The parts of a training step one by one, with what they allocate, which should be nothing.</summary>
[MemoryDiagnoser]
public class StepBenchmarks : IDisposable
{
    private const int Rows = 128;
    private readonly AdamOptimizer _adam = new();
    private Network _network = null!;
    private Workspace _workspace = null!;
    private OptimizerState _state = null!;

    /// <summary>The threads to compute with.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The units of the hidden layer.</summary>
    [Params(100, 1000)]
    public int HiddenUnits { get; set; }

    /// <summary>Builds 784-hidden-10, and runs a step so that each part finds what it reads.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _network = Network.Create(784, [HiddenUnits], 10);
        _network.Initialize(initializer: null, seed: 1);
        _workspace = new Workspace(_network, Rows, Threads);
        _workspace.Batch.Set(new float[Rows * _network.Inputs], new float[Rows]);
        _state = _adam.CreateState(_network);
        Forward();
        EvaluateLoss();
        Backward();
        Step();
    }

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Every layer's outputs.</summary>
    [Benchmark]
    public void Forward() => _network.Forward(_workspace);

    /// <summary>Softmax cross-entropy and its delta.</summary>
    [Benchmark]
    public double EvaluateLoss() => Loss.SoftmaxCrossEntropy.Evaluate(_workspace);

    /// <summary>Every layer's gradients.</summary>
    [Benchmark]
    public void Backward() => _network.Backward(_workspace);

    /// <summary>Adam.</summary>
    [Benchmark]
    public void Step() => _adam.Step(_network, _workspace, _state);

    /// <summary>Backward and Adam in one.</summary>
    [Benchmark]
    public void BackwardAndStep() => _adam.BackwardAndStep(_network, _workspace, _state);
}
