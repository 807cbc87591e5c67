using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, vector width, runtime and system, in a line.</summary>
    public static string Describe()
    {
        int bits = Simd.Is512 ? 512 : Simd.Is256 ? 256 : 128;
        return $"{Processor()}, {Environment.ProcessorCount} cores, {bits}-bit vectors, {RuntimeInformation.FrameworkDescription}, " +
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
    }

    /// <summary>The processor as the name of a folder: what is neither letter nor digit becomes a hyphen.</summary>
    public static string FolderName => string.Join('-', Regex.Matches(Regex.Replace(Processor(), @"\((R|TM)\)", ""), "[A-Za-z0-9]+").Select(word => word.Value));

    /// <summary>Whether the engine was compiled without optimization, which makes every figure worthless.</summary>
    public static bool EngineIsDebugBuild() =>
        typeof(Network).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static string Processor()
    {
        const string linuxFile = "/proc/cpuinfo";
        if (File.Exists(linuxFile) && File.ReadLines(linuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line)
            return line[(line.IndexOf(':') + 1)..].Trim();
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor"; // Windows sets it
    }
}
