namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The threads of one training run. A worker that has nothing to do spins for some 50 microseconds and then parks: training gives it the
/// next loop within a few, and a fork and join costs half a microsecond, while an idle team costs nothing.
/// </summary>
/// <remarks>
/// The pieces of a loop are handed out one at a time to whoever asks, so that a thread that the operating system held up does not
/// hold up the others. Which thread does which piece is chance; no result may depend on it.
/// </remarks>
internal sealed unsafe class ThreadTeam : IDisposable
{
    private const int SpinsBeforeParking = 2000;
    private const int NoLoop = 0;

    /// <summary>Some 0.5 microseconds of one core's arithmetic, what a fork and join costs.</summary>
    private const long OperationsWorthAFork = 32 * 1024;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _wake = new(0);
    private int _parked;
    private volatile bool _stopping;

    // The loop that is open to the workers; its number is NoLoop when there is none.
    private int _openLoop = NoLoop;
    private int _lastLoop = NoLoop;
    private int _workersInside;
    private delegate*<void*, int, void> _run;
    private void* _body;
    private int _count;
    private int _next;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">The threads, 1 or more, the caller's own among them.</param>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = "SimpleNn " + (i + 1) };
            _workers[i].Start();
        }
    }

    /// <summary>The threads, the caller's own among them.</summary>
    public int Count => _workers.Length + 1;

    /// <summary>Runs <paramref name="body"/> for 0 to <paramref name="count"/> - 1, and returns when all of it is done.</summary>
    /// <param name="team">The threads; null for the caller's alone.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="operations">About how many multiply-adds the loop takes in all: a small loop is not worth a fork.</param>
    /// <param name="body">What to do for each piece.</param>
    public static void For<TBody>(ThreadTeam? team, int count, long operations, TBody body)
        where TBody : unmanaged, IParallelBody
    {
        if (team != null && team._workers.Length > 0 && count > 1 && operations >= OperationsWorthAFork) team.Fork(count, body);
        else for (int i = 0; i < count; i++) body.Run(i);
    }

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
        _run = &RunPiece<TBody>;
        _body = &body;
        _count = count;
        _next = 0;
        Interlocked.Exchange(ref _openLoop, NextLoopNumber());
        int parked = Interlocked.Exchange(ref _parked, 0);
        if (parked > 0) _wake.Release(parked);

        TakePieces();

        // A worker that comes late finds the loop closed. One that is inside finishes its piece first.
        Interlocked.Exchange(ref _openLoop, NoLoop);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _workersInside) != 0) spinner.SpinOnce(sleep1Threshold: -1);
    }

    private static void RunPiece<TBody>(void* body, int index)
        where TBody : unmanaged, IParallelBody => ((TBody*)body)->Run(index);

    private int NextLoopNumber()
    {
        _lastLoop = _lastLoop == int.MaxValue ? NoLoop + 1 : _lastLoop + 1;
        return _lastLoop;
    }

    private void TakePieces()
    {
        for (int piece; (piece = Interlocked.Increment(ref _next) - 1) < _count;) _run(_body, piece);
    }

    private void Work()
    {
        int done = NoLoop;
        while (true)
        {
            int loop = WaitForLoop(done);
            if (_stopping) return;

            // Enter first, look again after: the caller closes the loop first and looks for workers after, so one sees the other.
            Interlocked.Increment(ref _workersInside);
            if (Volatile.Read(ref _openLoop) == loop) TakePieces();
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
}
