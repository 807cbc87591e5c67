using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using WeightsHash;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The same data, options and seed give the same weights to the last bit, on any number of threads and with any vectors.</summary>
[TestClass]
public sealed class DeterminismTests
{
    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void Any_number_of_threads_trains_the_same_networks(int threads)
    {
        Assert.AreEqual(EngineRun.Hash(1), EngineRun.Hash(threads), "engine");
        Assert.AreEqual(SparseRun.Hash(1), SparseRun.Hash(threads), "sparse rows");
        Assert.AreEqual(TrainerRun.Hash(1), TrainerRun.Hash(threads), "trainer");
    }

    [TestMethod]
    [DataRow("DOTNET_EnableAVX512", "Vector512")]
    [DataRow("DOTNET_EnableAVX2", "Vector256")]
    [DataRow("DOTNET_EnableHWIntrinsic", "Vector128")]
    public void Processors_with_narrower_vectors_train_the_same_networks(string setting, string vectorsWithout)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Assert.Inconclusive($"{setting} is a setting for x64 processors, and this is {RuntimeInformation.ProcessArchitecture}: nothing was tested.");
        Dictionary<string, string> other = RunInAnotherProcess(setting);

        Assert.AreEqual(bool.FalseString, other[vectorsWithout], $"{setting}=0 did not take effect");
        Assert.AreEqual(EngineRun.Hash(1), other["engine"], "engine");
        Assert.AreEqual(SparseRun.Hash(1), other["sparse"], "sparse rows");
        Assert.AreEqual(TrainerRun.Hash(1), other["trainer"], "trainer");
    }

    /// <summary>A hash of nothing, or of weights that no training has moved, would be the same everywhere too.</summary>
    [TestMethod]
    public void The_hash_depends_on_the_weights()
    {
        using WeightHasher none = new(), zero = new(), drawn = new();
        var network = Network.Create(3, [4], 2);
        zero.Add(network);
        network.Initialize(null, seed: 1);
        drawn.Add(network);

        Assert.HasCount(6, new[] { none.ToString(), zero.ToString(), drawn.ToString(), EngineRun.Hash(1), SparseRun.Hash(1), TrainerRun.Hash(1) }.Distinct());
    }

    /// <summary>What the program prints, line by line a name and a value, with two threads and a setting of the runtime off.</summary>
    private static Dictionary<string, string> RunInAnotherProcess(string setting)
    {
        string program = typeof(DeterminismTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "WeightsHash").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [setting] = "0" },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
