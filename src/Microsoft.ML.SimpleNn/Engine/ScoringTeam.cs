using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The threads that score batches, one team for the whole process. A batch takes the team when it is large enough and nobody else has it;
/// otherwise it is scored on the caller's thread alone, with the same bits: many callers at once keep the processor busy by themselves.
/// </summary>
internal static class ScoringTeam
{
    /// <summary>
    /// Some 40 microseconds of one core's arithmetic. To wake a parked thread costs the caller a few, and the thread is there after a hundred; between batches that follow
    /// each other closely it does not park.
    /// </summary>
    private const long OperationsWorthATeam = 2 * 1024 * 1024;

    private static readonly Lazy<ThreadTeam> Team = new(() => new ThreadTeam(Environment.ProcessorCount, "SimpleNnScore"));
    private static int _taken;

    /// <summary>Takes the team, which the caller has to give back.</summary>
    /// <param name="operations">About how many multiply-adds the batch takes.</param>
    /// <returns>The team; null where the caller is better off, or left, alone.</returns>
    public static ThreadTeam? TryTake(long operations)
    {
        bool pays = operations >= OperationsWorthATeam && Environment.ProcessorCount > 1;
        return pays && Interlocked.CompareExchange(ref _taken, 1, 0) == 0 ? Team.Value : null;
    }

    /// <summary>Gives the team back.</summary>
    /// <param name="team">What <see cref="TryTake"/> gave; null does nothing.</param>
    public static void GiveBack(ThreadTeam? team)
    {
        if (team != null) Volatile.Write(ref _taken, 0);
    }
}
