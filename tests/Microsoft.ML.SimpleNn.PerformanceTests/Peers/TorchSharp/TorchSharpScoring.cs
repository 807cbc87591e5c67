using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Scoring in libtorch without the bookkeeping for gradients; the rows are already in a tensor.</summary>
internal sealed class TorchSharpScoring : IDisposable
{
    private readonly Sequential _network;
    private readonly Tensor _features;
    private Tensor? _outputs;

    /// <summary>Builds the network.</summary>
    public TorchSharpScoring(StepData data)
    {
        _network = TorchSharpNetwork.Create(data.Network);
        _network.eval();
        _features = tensor(data.Features, [data.Rows, data.Network.Inputs]);
    }

    /// <summary>Scores the rows.</summary>
    public void Run()
    {
        using var mode = inference_mode();
        Tensor outputs = _network.forward(_features);
        _outputs?.Dispose();
        _outputs = outputs;
    }

    /// <summary>The last outputs [rows x outputs].</summary>
    public float[] GetOutputs() => _outputs!.data<float>().ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _features.Dispose();
        _outputs?.Dispose();
    }
}
