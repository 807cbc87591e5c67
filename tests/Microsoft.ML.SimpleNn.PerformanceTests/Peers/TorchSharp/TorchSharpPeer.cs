using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;
using TorchSharp;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>libtorch, called through TorchSharp.</summary>
internal sealed class TorchSharpPeer : IPeer
{
    private static readonly string[] NativeLibraries = ["torch_cpu", "LibTorchSharp"];

    private TorchSharpPeer()
    {
    }

    public string Name => "TorchSharp";

    public string Version
    {
        get
        {
            string version = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            return $"TorchSharp {version.Split('+')[0]} with libtorch {torch.__version__}";
        }
    }

    /// <summary>Loads the native libraries.</summary>
    /// <param name="whyNot">Why they do not load; null when they do.</param>
    public static IPeer? TryLoad(out string? whyNot)
    {
        try
        {
            // TorchSharp would load these itself, but where that fails it copies half a gigabyte about before it says so.
            foreach (string library in NativeLibraries) NativeLibrary.Load(library, typeof(torch).Assembly, searchPath: null);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The message has a line for each place that was searched; those with a file that was not there say nothing.
            string[] reasons = [.. e.Message.Split('\n').Where(line => line.Length > 0 && !line.Contains("No such file", StringComparison.Ordinal))];
            whyNot = "libtorch does not load on this system. " + string.Join(" ", reasons);
            return null;
        }

        torch.InitializeDeviceType(DeviceType.CPU);
        whyNot = null;
        return new TorchSharpPeer();
    }

    public Contestant CreateProduct(Product product, LayerData data, int threads)
    {
        var products = new TorchSharpProducts(data);
        Action run = product switch
        {
            Product.Forward => products.Forward,
            Product.InputGradient => products.InputGradient,
            _ => products.WeightGradient,
        };
        return Create(threads, run, products.GetResult, products);
    }

    public Contestant CreateStep(StepData data, bool withOptimizer, int threads)
    {
        var step = new TorchSharpStep(data, withOptimizer);
        return Create(threads, step.Run, step.GetLoss, step);
    }

    public Contestant CreateScoring(StepData data, int threads)
    {
        var scoring = new TorchSharpScoring(data);
        return Create(threads, scoring.Run, scoring.GetOutputs, scoring);
    }

    public void Dispose()
    {
    }

    private Contestant Create(int threads, Action run, Func<float[]> result, IDisposable resources) =>
        new(Name, threads, run, resources) { Result = result, Prepare = () => torch.set_num_threads(threads) };
}
