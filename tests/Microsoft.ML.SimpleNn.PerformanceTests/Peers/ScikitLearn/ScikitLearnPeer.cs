using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>scikit-learn, in a Python of its own that waits for a line, does so many steps, and answers with a line.</summary>
internal sealed class ScikitLearnPeer : IPeer
{
    /// <summary>Some 10 milliseconds.</summary>
    private const double OperationsPerCall = 1e9;

    private readonly string _python;

    private ScikitLearnPeer(string python, string version)
    {
        _python = python;
        Version = version;
    }

    public string Name => "scikit-learn";

    public string Version { get; }

    /// <summary>The program, beside this one.</summary>
    public static string Script => Path.Combine(AppContext.BaseDirectory, "Peers", "ScikitLearn", "scikit_learn.py");

    /// <summary>Looks for it.</summary>
    /// <param name="python">The Python to look in.</param>
    /// <param name="whyNot">Why it is not there; null when it is.</param>
    public static IPeer? TryLoad(string python, out string? whyNot)
    {
        try
        {
            using Process process = Start(python, 1, "version");
            string? version = process.StandardOutput.ReadLine();
            process.WaitForExit();
            whyNot = version == null ? $"{python} has no scikit-learn: say with --python which has." : null;
            return version == null ? null : new ScikitLearnPeer(python, version);
        }
        catch (Win32Exception)
        {
            whyNot = $"There is no {python} for scikit-learn to run in.";
            return null;
        }
    }

    /// <summary>Through partial_fit, which has no step without the optimizer.</summary>
    public Contestant? CreateStep(StepData data, bool withOptimizer, int threads)
    {
        if (!withOptimizer) return null;

        // A call to partial_fit checks its rows first, which a step of a whole Fit does not: so several steps to a call, where they are short.
        int steps = (int)Math.Clamp(OperationsPerCall / (6.0 * data.Rows * data.Network.ParameterCount), 1, 32);
        Process process = Start(_python, threads, "steps", data.Shape, data.Rows.ToString(CultureInfo.InvariantCulture), steps.ToString(CultureInfo.InvariantCulture));
        return new Contestant(Name, threads, () => Ask(process), new Ending(process)) { Repetitions = steps };
    }

    public void Dispose()
    {
    }

    /// <summary>Starts the program with as many threads for OpenBLAS.</summary>
    public static Process Start(string python, int threads, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Script, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static void Ask(Process process)
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        if (process.StandardOutput.ReadLine() == null) throw new InvalidOperationException("scikit-learn: " + process.StandardError.ReadToEnd());
    }

    private sealed class Ending(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
