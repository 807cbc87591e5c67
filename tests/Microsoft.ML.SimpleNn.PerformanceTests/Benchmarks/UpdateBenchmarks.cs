using BenchmarkDotNet.Attributes;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>The update rules on the parameters of a layer of 784 x 100, which a second-level cache holds, on one thread, with vectors of each width.</summary>
public unsafe class UpdateBenchmarks
{
    private const int Length = 785 * 112;
    private const float Rate = 1e-6f;
    private const float Epsilon = 1e-7f;
    private const float Decay = 0.9f;
    private readonly AlignedBuffer _weights = RandomBuffer.Create(Length), _gradients = RandomBuffer.Create(Length);
    private readonly AlignedBuffer[] _slots = [new(Length), new(Length)];

    /// <summary>The bits of a vector.</summary>
    [Params(512, 256, 128)]
    public int Bits { get; set; }

    /// <summary>Adam.</summary>
    [Benchmark(Baseline = true)]
    public void Adam() => Run(new AdamRule(0.9f, 0.999f, Epsilon, Rate, keep: 1), slots: 2);

    /// <summary>SGD with momentum.</summary>
    [Benchmark]
    public void Sgd() => Run(new SgdOptimizer.Rule { LearningRate = Rate, Momentum = Decay }, slots: 1);

    /// <summary>AdaGrad.</summary>
    [Benchmark]
    public void AdaGrad() => Run(new AdaGradOptimizer.Rule { LearningRate = Rate, Epsilon = Epsilon }, slots: 1);

    /// <summary>RMSProp.</summary>
    [Benchmark]
    public void RmsProp() => Run(new RmsPropOptimizer.Rule { LearningRate = Rate, Decay = Decay, Epsilon = Epsilon }, slots: 1);

    /// <summary>AdaDelta.</summary>
    [Benchmark]
    public void AdaDelta() => Run(new AdaDeltaOptimizer.Rule { LearningRate = Rate, Decay = Decay, Epsilon = Epsilon }, slots: 2);

    private void Run<TRule>(TRule rule, int slots)
        where TRule : unmanaged, IUpdateRule
    {
        var update = new UpdateInPlace<TRule>(_weights.Pointer, _slots.AsSpan(0, slots), rule);
        AtWidth.Run(Bits, new UpdateKernelOf<TRule>(update, _gradients.Pointer));
    }

    private readonly struct UpdateKernelOf<TRule>(UpdateInPlace<TRule> update, float* gradients) : IKernel
        where TRule : unmanaged, IUpdateRule
    {
        void IKernel.Run<V>() => update.Take<V>(0, Length, gradients, isShared: false);
    }
}
