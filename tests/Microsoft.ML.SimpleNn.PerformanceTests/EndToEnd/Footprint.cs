using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>What this process holds when it has nothing to do.</summary>
/// <param name="Workers">The threads of trainings, by their names; 0 where there is no /proc to read them from.</param>
/// <param name="Threads">All threads; the runtime's pool has more or fewer as it sees fit.</param>
/// <param name="ManagedKilobytes">The managed memory after a collection.</param>
/// <param name="ResidentMegabytes">The memory that the system has given.</param>
internal sealed record Footprint(int Workers, int Threads, long ManagedKilobytes, long ResidentMegabytes)
{
    private const string Tasks = "/proc/self/task", NamesOfWorkers = "SimpleNn ";

    /// <summary>Waits a little for threads that are about to end, collects what nobody holds, and looks.</summary>
    public static Footprint Measure()
    {
        SpinWait.SpinUntil(() => CountWorkers() == 0, TimeSpan.FromSeconds(5));
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using Process process = Process.GetCurrentProcess();
        return new Footprint(CountWorkers(), process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true) >> 10, process.WorkingSet64 >> 20);
    }

    private static int CountWorkers() => Directory.Exists(Tasks) ? Directory.GetDirectories(Tasks).Count(task => NameOf(task).StartsWith(NamesOfWorkers, StringComparison.Ordinal)) : 0;

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
