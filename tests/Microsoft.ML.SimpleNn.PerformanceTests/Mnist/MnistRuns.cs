using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Mnist;

/// <summary>All ways to learn MNIST that this program was built with.</summary>
internal static class MnistRuns
{
    /// <summary>The ways.</summary>
    public static IReadOnlyList<MnistRun> All { get; } =
    [
        TrainerRun.Ours,
#if PEERS
        new TorchSharpMnist(),
        LightGbmMnist.Create(),
#endif
        TrainerRun.Lbfgs,
    ];

    /// <summary>Learns one way, in this process, and prints the seconds, the accuracy and the largest memory in MB.</summary>
    public static void Run(string name, string folder, int threads, TextWriter output)
    {
        (double seconds, double accuracy) = All.Single(run => run.Name == name).Run(folder, threads);
        using Process process = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {accuracy} {process.PeakWorkingSet64 / 1e6}"));
    }
}
