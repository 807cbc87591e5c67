using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The threads of one training run. A worker that has nothing to do spins for some 50 microseconds and then parks: training gives it the
/// next loop within a few, and a fork and join costs half a microsecond, while an idle team costs nothing.
/// </summary>
/// <remarks>
/// Each thread has a share of a loop's pieces, one after the other: in loops over the same layer it so comes to the same weights again, which its own cache
/// may still have. Who is done with the own share takes pieces of the others', so that a thread that the operating system held up does not hold up
/// the team. Which thread does which piece is chance in the end; no result may depend on it.
/// </remarks>
internal sealed unsafe class ThreadTeam : IDisposable
{
    private const int SpinsBeforeParking = 2000;
    private const int NoLoop = 0;
    private const int PiecesPerThread = 8;

    /// <summary>
    /// Some 4 microseconds of one core's arithmetic. A fork and join costs half a microsecond, or one where the cores are far apart; and what one thread
    /// wrote and another reads has to be fetched, at a tenth of a microsecond a cache line and more. A step of 20-64-2 with 128 rows took 24 microseconds on
    /// two threads when loops of an eighth of this were shared, and takes 20 since, as on one.
    /// </summary>
    private const long OperationsWorthAFork = 256 * 1024;

    /// <summary>In place of a thread: more than one.</summary>
    public const int Several = -1;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _wake = new(0);
    private int _parked;
    private volatile bool _stopping;

    // The loop that is open to the workers; its number is NoLoop when there is none.
    private int _openLoop = NoLoop;
    private int _lastLoop = NoLoop;
    private int _workersInside;
    private delegate*<ThreadTeam, int, void*, void> _run;
    private void* _body;
    private readonly Share[] _shares;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">The threads, 1 or more, the caller's own among them.</param>
    /// <param name="name">What a debugger shows the threads by; Linux shows 15 characters.</param>
    public ThreadTeam(int threads, string name = "SimpleNn")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _shares = new Share[threads];
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            int member = i + 1;
            _workers[i] = new Thread(() => Work(member)) { IsBackground = true, Name = $"{name} {i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>The threads, the caller's own among them.</summary>
    public int Count => _workers.Length + 1;

    /// <summary>How many pieces a loop should have at least, where it can be cut into more or fewer: some for each thread, so that they end together.</summary>
    /// <param name="team">The threads; null for the caller's alone.</param>
    public static int PiecesWanted(ThreadTeam? team) => team == null || team._workers.Length == 0 ? 1 : PiecesPerThread * team.Count;

    /// <summary>How many threads <see cref="For"/> shares a loop among.</summary>
    /// <param name="threads">The team's threads.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="operations">How long the loop is.</param>
    public static int Members(int threads, int count, long operations) => count > 1 && operations >= OperationsWorthAFork ? threads : 1;

    /// <summary>Which thread's share a part of a loop lies in.</summary>
    /// <param name="part">The part, one of several equal ranges of pieces.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="members">The threads that share the loop.</param>
    /// <returns>The thread, from 0; <see cref="Several"/> where shares divide the part.</returns>
    public static int MemberOf(int part, int parts, int members)
    {
        int first = (int)((long)part * members / parts), last = (int)((((long)part + 1) * members - 1) / parts);
        return first == last ? first : Several;
    }

    /// <summary>Runs <paramref name="body"/> for 0 to <paramref name="count"/> - 1, and returns when all of it is done.</summary>
    /// <param name="team">The threads; null for the caller's alone.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="operations">
    /// About how many multiply-adds of a matrix product take as long as the loop: a value that is only read, changed and written takes eight. A small loop is
    /// not worth a fork.
    /// </param>
    /// <param name="body">What to do for each piece.</param>
    public static void For<TBody>(ThreadTeam? team, int count, long operations, TBody body)
        where TBody : unmanaged, IParallelBody
    {
        if (team != null && Members(team.Count, count, operations) > 1) team.Fork(count, body);
        else for (int i = 0; i < count; i++) body.Run(i);
    }

    /// <summary>The same for a body over vectors.</summary>
    /// <inheritdoc cref="For"/>
    public static void ForVectors<TBody>(ThreadTeam? team, int count, long operations, TBody body)
        where TBody : unmanaged, IVectorBody => For(team, count, operations, new AtBestWidth<TBody>(body));

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        if (_workers.Length > 0) _wake.Release(_workers.Length);
        foreach (Thread worker in _workers) worker.Join();
        _wake.Dispose();
    }

    private void Fork<TBody>(int count, TBody body)
        where TBody : unmanaged, IParallelBody
    {
        _run = &TakePieces<TBody>;
        _body = &body;
        for (int i = 0; i < _shares.Length; i++)
        {
            _shares[i].Next = (int)((long)count * i / _shares.Length);
            _shares[i].End = (int)((long)count * (i + 1) / _shares.Length);
        }

        Interlocked.Exchange(ref _openLoop, NextLoopNumber());
        int parked = Interlocked.Exchange(ref _parked, 0);
        if (parked > 0) _wake.Release(parked);

        TakePieces<TBody>(this, member: 0, _body);

        // A worker that comes late finds the loop closed. One that is inside finishes its piece first.
        Interlocked.Exchange(ref _openLoop, NoLoop);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _workersInside) != 0) spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Runs pieces of the member's share, then of the others', until none is left.</summary>
    private static void TakePieces<TBody>(ThreadTeam team, int member, void* body)
        where TBody : unmanaged, IParallelBody
    {
        // A copy of its own: the original lies on the caller's stack, beside what the caller is writing to all the time.
        TBody own = *(TBody*)body;
        Share[] shares = team._shares;
        for (int i = 0; i < shares.Length; i++)
        {
            ref Share share = ref shares[(member + i) % shares.Length];
            for (int piece; (piece = Interlocked.Increment(ref share.Next) - 1) < share.End;) own.Run(piece);
        }
    }

    private int NextLoopNumber()
    {
        _lastLoop = _lastLoop == int.MaxValue ? NoLoop + 1 : _lastLoop + 1;
        return _lastLoop;
    }

    private void Work(int member)
    {
        int done = NoLoop;
        while (true)
        {
            int loop = WaitForLoop(done);
            if (_stopping) return;

            // Enter first, look again after: the caller closes the loop first and looks for workers after, so one sees the other.
            Interlocked.Increment(ref _workersInside);
            if (Volatile.Read(ref _openLoop) == loop) _run(this, member, _body);
            Interlocked.Decrement(ref _workersInside);
            done = loop;
        }
    }

    /// <summary>Waits for an open loop other than <paramref name="done"/>, or for the end of the team.</summary>
    private int WaitForLoop(int done)
    {
        while (true)
        {
            for (int spins = 0; spins < SpinsBeforeParking; spins++)
            {
                int loop = Volatile.Read(ref _openLoop);
                if ((loop != NoLoop && loop != done) || _stopping) return loop;
                Thread.SpinWait(1);
            }

            // Who opens a loop takes the whole count of parked workers and releases as many. So a worker that finds a loop open after
            // all may stay awake only if it can take its own one back; otherwise it is being released, and the wait is short.
            Interlocked.Increment(ref _parked);
            int opened = Volatile.Read(ref _openLoop);
            bool mayPark = (opened == NoLoop || opened == done) && !_stopping;
            if (mayPark || !TryUnpark()) _wake.Wait();
        }
    }

    private bool TryUnpark()
    {
        int parked = Volatile.Read(ref _parked);
        while (parked > 0)
        {
            int seen = Interlocked.CompareExchange(ref _parked, parked - 1, parked);
            if (seen == parked) return true;
            parked = seen;
        }

        return false;
    }

    /// <summary>A thread's pieces of the open loop; on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Share
    {
        public int Next;
        public int End;
    }
}
