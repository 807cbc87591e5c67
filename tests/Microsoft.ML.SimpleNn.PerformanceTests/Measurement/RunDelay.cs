using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// How long threads were ready to run but had no core, because other programs had them: in seconds, since the process started.
/// Linux tells; where the system does not, it is always 0.
/// </summary>
internal static class RunDelay
{
    private const string ThreadsFolder = "/proc/self/task";
    private const string ThisThreadFolder = "/proc/thread-self";

    /// <summary>The sum over the threads of this process.</summary>
    public static double OfAllThreads() => Directory.Exists(ThreadsFolder) ? Directory.EnumerateDirectories(ThreadsFolder).Sum(Read) : 0;

    /// <summary>The caller's own.</summary>
    public static double OfThisThread() => Read(ThisThreadFolder);

    private static double Read(string folder)
    {
        try
        {
            // Three numbers: nanoseconds on a core, nanoseconds ready without one, times that it got one.
            return double.Parse(File.ReadAllText(Path.Combine(folder, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture) * 1e-9;
        }
        catch (IOException)
        {
            return 0; // the thread has ended, or the system has no such file
        }
    }
}
