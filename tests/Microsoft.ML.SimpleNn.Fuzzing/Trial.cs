using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>What came of one attempt to load.</summary>
/// <param name="Error">What was thrown; null for nothing.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Allocated">The bytes that it allocated on its thread.</param>
internal sealed record Trial(Exception? Error, TimeSpan Elapsed, long Allocated)
{
    /// <summary>Makes an attempt.</summary>
    public static Trial Of(Action load)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        Exception? error = null;
        try
        {
            load();
        }
#pragma warning disable CA1031 // whatever it is, it is reported
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
        }
        return new Trial(error, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
