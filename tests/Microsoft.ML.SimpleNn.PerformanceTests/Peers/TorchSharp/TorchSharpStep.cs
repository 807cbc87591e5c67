using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A training step in libtorch, from the same weights as ours; the minibatch is already in tensors.</summary>
internal sealed class TorchSharpStep : IDisposable
{
    private readonly Sequential _network;
    private readonly optim.Optimizer _adam;
    private readonly bool _withOptimizer;
    private readonly Tensor _features, _classes;
    private float _loss;

    /// <summary>Builds the network.</summary>
    public TorchSharpStep(StepData data, bool withOptimizer)
    {
        _network = TorchSharpNetwork.Create(data.Network);
        _withOptimizer = withOptimizer;
        _adam = optim.Adam(_network.parameters(), lr: new AdamOptimizer().LearningRate);
        _features = tensor(data.Features, [data.Rows, data.Network.Inputs]);
        _classes = tensor(Array.ConvertAll(data.Classes, label => (long)label));
    }

    /// <summary>Trains by one step, or computes only its gradients.</summary>
    public void Run()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = nn.functional.cross_entropy(_network.forward(_features), _classes);
        _adam.zero_grad();
        loss.backward();
        if (_withOptimizer) _adam.step();
        _loss = loss.item<float>();
    }

    /// <summary>The loss that the last step started from.</summary>
    public float[] GetLoss() => [_loss];

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        _network.Dispose();
        _features.Dispose();
        _classes.Dispose();
    }
}
