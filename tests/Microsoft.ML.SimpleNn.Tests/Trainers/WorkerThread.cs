using System.Globalization;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What Linux tells of a thread of this process.</summary>
/// <param name="Id">The number by which the system knows it.</param>
/// <param name="Sleeps">Whether it waits and takes no processor.</param>
/// <param name="Switches">How often it has left a processor, by itself or not. A thread that sleeps at two looks, with the same number, has slept all the time.</param>
internal sealed record WorkerThread(int Id, bool Sleeps, long Switches)
{
    /// <summary>How the names of a training's threads begin; the one that calls Fit is not among them.</summary>
    public const string OfTraining = "SimpleNn ";

    /// <summary>How the names of the threads that score large batches begin.</summary>
    public const string OfScoring = "SimpleNnScore";

    /// <summary>The threads whose name begins so, by number. Ends the test as inconclusive where there is no /proc.</summary>
    public static WorkerThread[] Find(string name)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("Skipped: a process's threads are read from /proc, which only Linux has.");
        return [.. Directory.GetDirectories("/proc/self/task").Select(task => Read(task, name)).OfType<WorkerThread>().OrderBy(thread => thread.Id)];
    }

    private static WorkerThread? Read(string task, string name)
    {
        try
        {
            Dictionary<string, string> status = File.ReadLines(Path.Combine(task, "status")).Select(line => line.Split(":\t", 2)).ToDictionary(parts => parts[0], parts => parts[^1]);
            return status["Name"].StartsWith(name, StringComparison.Ordinal)
                ? new WorkerThread(Number("Pid"), status["State"].StartsWith('S'), Number("voluntary_ctxt_switches") + Number("nonvoluntary_ctxt_switches"))
                : null;

            int Number(string field) => int.Parse(status[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it has just ended
        }
    }
}
