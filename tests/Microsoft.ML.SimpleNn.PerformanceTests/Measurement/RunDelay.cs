using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// How long this process's threads were ready to run but had no core, because other programs had them; where the system tells (Linux).
/// </summary>
internal static class RunDelay
{
    private const string ThreadsFolder = "/proc/self/task";

    /// <summary>Seconds since the process started, summed over its threads; always 0 where the system does not tell.</summary>
    public static double Total() => Directory.Exists(ThreadsFolder) ? Directory.EnumerateDirectories(ThreadsFolder).Sum(OfThread) : 0;

    private static double OfThread(string folder)
    {
        try
        {
            // Three numbers: nanoseconds on a core, nanoseconds ready without one, times that it got one.
            return double.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture) * 1e-9;
        }
        catch (IOException)
        {
            return 0; // the thread has ended, or the system was built without this file
        }
    }
}
