using System.Diagnostics;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The threads that score, one team for the whole process. Whoever scores takes the team when that pays and nobody else has it; otherwise it is done on the
/// caller's
/// thread alone, with the same bits: many callers at once keep the processor busy by themselves.
/// </summary>
internal static class ScoringTeam
{
    /// <summary>
    /// Some 40 microseconds of one core's arithmetic. To wake a parked thread costs the caller a few, and the thread is there after a hundred; between
    /// batches that follow
    /// each other closely it does not park.
    /// </summary>
    private const long OperationsWorthATeam = 2 * 1024 * 1024;

    /// <summary>
    /// For a row alone: some 20 microseconds, for each of these multiply-adds reads a weight. To share them costs half a microsecond a layer.
    /// </summary>
    private const long OperationsOfALongRow = 512 * 1024;

    /// <summary>
    /// Rows that follow each other within 50 microseconds, as long as the threads spin, are a stream. Another row would be over before a parked thread is
    /// there, and is not worth a
    /// core that spins after it.
    /// </summary>
    private static readonly long StreamTicks = Stopwatch.Frequency / 20_000;

    private static readonly Lazy<ThreadTeam> Team = new(() => new ThreadTeam(Environment.ProcessorCount, "SimpleNnScore"));
    private static int _taken;
    private static long _endOfLongRow;

    /// <summary>Takes the team, which the caller has to give back.</summary>
    /// <param name="rows">The rows to score.</param>
    /// <param name="operations">About how many multiply-adds a row takes.</param>
    /// <returns>The team; null where the caller is better off, or left, alone.</returns>
    public static ThreadTeam? TryTake(int rows, long operations)
    {
        if (Environment.ProcessorCount == 1) return null;
        bool pays = rows == 1
            ? operations >= OperationsOfALongRow && Stopwatch.GetTimestamp() - Volatile.Read(ref _endOfLongRow) < StreamTicks
            : rows * operations >= OperationsWorthATeam;
        return pays && Interlocked.CompareExchange(ref _taken, 1, 0) == 0 ? Team.Value : null;
    }

    /// <summary>Gives the team back.</summary>
    /// <param name="team">What <see cref="TryTake"/> gave; null, too.</param>
    /// <param name="rows">The rows that were scored.</param>
    /// <param name="operations">As for <see cref="TryTake"/>.</param>
    public static void GiveBack(ThreadTeam? team, int rows, long operations)
    {
        if (team != null) Volatile.Write(ref _taken, 0);
        if (rows == 1 && operations >= OperationsOfALongRow) Volatile.Write(ref _endOfLongRow, Stopwatch.GetTimestamp());
    }
}
