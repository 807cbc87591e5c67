using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>ONNX Runtime, which scores.</summary>
internal sealed class OnnxRuntimePeer : IPeer
{
    private OnnxRuntimePeer()
    {
    }

    public string Name => "ONNX Runtime";

    public string Version => "ONNX Runtime " + typeof(InferenceSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Loads the native library.</summary>
    /// <param name="whyNot">Why it does not load; null when it does.</param>
    public static IPeer? TryLoad(out string? whyNot)
    {
        try
        {
            OrtEnv.Instance();
            whyNot = null;
            return new OnnxRuntimePeer();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            whyNot = "ONNX Runtime does not load on this system. " + (e.InnerException ?? e).Message;
            return null;
        }
    }

    public Contestant CreateScoring(StepData data, int threads)
    {
        var scoring = new OnnxRuntimeScoring(data, threads);
        return new Contestant(Name, threads, scoring.Run, scoring) { Result = scoring.GetOutputs };
    }

    public void Dispose()
    {
    }
}
