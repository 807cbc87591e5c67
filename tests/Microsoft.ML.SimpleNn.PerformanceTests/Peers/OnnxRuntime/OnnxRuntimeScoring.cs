using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Scoring in ONNX Runtime from array to array, without a copy in between.</summary>
internal sealed class OnnxRuntimeScoring : IDisposable
{
    private readonly SessionOptions _options = new();
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly float[] _result;
    private readonly OrtValue[] _inputs, _outputs;

    /// <summary>Loads the network.</summary>
    public OnnxRuntimeScoring(StepData data, int threads)
    {
        _options.IntraOpNumThreads = threads;
        using var file = new MemoryStream();
        data.Network.SaveAsOnnx(file);
        _session = new InferenceSession(file.ToArray(), _options);
        _result = new float[data.Rows * data.Network.Outputs];
        _inputs = [OrtValue.CreateTensorValueFromMemory(data.Features, [data.Rows, data.Network.Inputs])];
        _outputs = [OrtValue.CreateTensorValueFromMemory(_result, [data.Rows, data.Network.Outputs])];
    }

    /// <summary>Scores the rows.</summary>
    public void Run() => _session.Run(_run, _session.InputNames, _inputs, _session.OutputNames, _outputs);

    /// <summary>The outputs [rows x outputs].</summary>
    public float[] GetOutputs() => [.. _result];

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs[0].Dispose();
        _outputs[0].Dispose();
        _session.Dispose();
        _run.Dispose();
        _options.Dispose();
    }
}
