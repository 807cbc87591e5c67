using System.Runtime.InteropServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed unsafe class ThreadTeamTests
{
    private const long WorthAFork = 1_000_000;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void Every_piece_is_done_once_in_many_short_loops(int threads)
    {
        using var team = new ThreadTeam(threads);
        AssertEveryPieceIsDoneOnce(team, loops: 50_000);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void A_part_of_a_loop_has_the_member_whose_share_holds_all_of_its_pieces(int members)
    {
        const int PiecesInPart = 17;
        for (int parts = 1; parts <= 25; parts++)
        {
            int pieces = parts * PiecesInPart;
            for (int part = 0; part < parts; part++)
            {
                // A member's share goes from pieces * member / members to where the next one's begins.
                int[] owners = [.. Enumerable.Range(part * PiecesInPart, PiecesInPart).Select(piece => Enumerable.Range(0, members).Last(member => pieces * member / members <= piece))];
                int member = ThreadTeam.MemberOf(part, parts, members);
                if (member != ThreadTeam.Several) Assert.IsTrue(owners.All(owner => owner == member), $"part {part} of {parts}");
                else Assert.IsGreaterThan(1, owners.Distinct().Count(), $"part {part} of {parts}");
            }
        }
    }

    [TestMethod]
    public void Several_teams_at_once_do_not_disturb_each_other() =>
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var team = new ThreadTeam(i + 1);
            AssertEveryPieceIsDoneOnce(team, loops: 10_000);
        });

    [TestMethod]
    public void Parked_workers_wake_for_the_next_loop()
    {
        using var team = new ThreadTeam(4);
        for (int pause = 0; pause < 20; pause++)
        {
            Thread.Sleep(2); // far longer than a worker spins
            Assert.HasCount(4, Meet(team));
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void All_threads_of_the_team_take_part(int threads)
    {
        using var team = new ThreadTeam(threads);
        Thread[] seen = Meet(team);

        Assert.AreEqual(threads, team.Count);
        Assert.HasCount(threads, seen.Distinct());
        Assert.Contains(Thread.CurrentThread, seen);
    }

    [TestMethod]
    public void The_loop_ends_when_the_slowest_thread_has_ended_its_piece()
    {
        using var team = new ThreadTeam(3);
        for (int repetition = 0; repetition < 10; repetition++)
        {
            int arrived = 0, done = 0;
            ThreadTeam.For(team, 3, WorthAFork, new Dawdling { Arrived = &arrived, Done = &done, Caller = Environment.CurrentManagedThreadId });
            Assert.AreEqual(3, Volatile.Read(ref done));
        }
    }

    [TestMethod]
    public void A_loop_that_is_too_small_stays_on_the_calling_thread()
    {
        using var team = new ThreadTeam(3);
        AssertRunsHere(team, operations: 1000);
    }

    [TestMethod]
    public void Without_a_team_the_caller_does_all() => AssertRunsHere(null, WorthAFork);

    [TestMethod]
    public void An_empty_loop_does_nothing()
    {
        using var team = new ThreadTeam(2);
        int done = 0;
        ThreadTeam.For(team, 0, WorthAFork, new Count { Done = &done });

        Assert.AreEqual(0, done);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void Dispose_ends_the_threads(int parkedForMilliseconds)
    {
        for (int repetition = 0; repetition < 20; repetition++)
        {
            var team = new ThreadTeam(4);
            Thread[] workers = [.. Meet(team).Where(thread => thread != Thread.CurrentThread)];
            Thread.Sleep(parkedForMilliseconds);
            team.Dispose();
            team.Dispose(); // a second time does no harm

            Assert.HasCount(3, workers);
            Assert.IsFalse(workers.Any(thread => thread.IsAlive), "a worker is still alive");
        }
    }

    [TestMethod]
    [DoNotParallelize] // as AllocationTests
    public void A_loop_allocates_nothing_on_the_workers()
    {
        using var team = new ThreadTeam(3);
        var allocated = new long[6][];
        var threads = new Thread[6][];
        int* done = stackalloc int[10];
        for (int i = 0; i < 6; i++)
        {
            for (int loop = 0; loop < 300; loop++)
            {
                new Span<int>(done, 10).Clear();
                ThreadTeam.For(team, 10, WorthAFork, new Count { Done = done });
            }

            (threads[i], allocated[i]) = (new Thread[3], new long[3]);
            Meet(team, threads[i], allocated[i], WorthAFork, expected: 3);
        }

        foreach (Thread worker in threads[0].Where(thread => thread != Thread.CurrentThread))
        {
            long[] counters = [.. Enumerable.Range(0, 6).Select(i => allocated[i][Array.IndexOf(threads[i], worker)])];
            Assert.AreEqual(0, counters.Skip(1).Zip(counters, (after, before) => after - before).Min(), $"bytes in 300 loops on {worker.Name}");
        }
    }

    [TestMethod]
    public void A_team_of_no_thread_is_refused() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ThreadTeam(0));

    private static void AssertEveryPieceIsDoneOnce(ThreadTeam team, int loops)
    {
        const int MostPieces = 37;
        int* done = stackalloc int[MostPieces];
        for (int loop = 0; loop < loops; loop++)
        {
            // A long loop after a very short one: a worker that comes late from the short one must not take a piece before its time.
            int pieces = loop % 2 == 0 ? 2 : 1 + loop % MostPieces;
            new Span<int>(done, MostPieces).Clear();
            ThreadTeam.For(team, pieces, WorthAFork, new Count { Done = done });
            for (int piece = 0; piece < MostPieces; piece++)
            {
                if (done[piece] != (piece < pieces ? 1 : 0))
                    Assert.Fail($"{team.Count} threads, loop {loop}: piece {piece} of {pieces} was done {done[piece]} times");
            }
        }
    }

    private static void AssertRunsHere(ThreadTeam? team, long operations)
    {
        var threads = new Thread[100];
        Meet(team, threads, new long[100], operations, expected: 0);

        Assert.IsTrue(threads.All(thread => thread == Thread.CurrentThread));
    }

    /// <summary>Brings all threads of a team together, each in a piece of one loop, and returns them.</summary>
    private static Thread[] Meet(ThreadTeam team)
    {
        var threads = new Thread[team.Count];
        Meet(team, threads, new long[team.Count], WorthAFork, team.Count);
        return threads;
    }

    private static void Meet(ThreadTeam? team, Thread[] threads, long[] allocated, long operations, int expected)
    {
        GCHandle handle = GCHandle.Alloc(threads);
        int arrived = 0;
        fixed (long* bytes = allocated)
        {
            ThreadTeam.For(team, threads.Length, operations, new Meeting
            {
                Arrived = &arrived,
                Expected = expected,
                Threads = GCHandle.ToIntPtr(handle),
                AllocatedBytes = bytes,
            });
        }

        handle.Free();
    }

    /// <summary>Counts how often each piece is done.</summary>
    private struct Count : IParallelBody
    {
        public int* Done;

        public readonly void Run(int index) => Interlocked.Increment(ref Done[index]);
    }

    /// <summary>Three threads begin a piece each; the caller is done at once, and the others take their time.</summary>
    private struct Dawdling : IParallelBody
    {
        public int* Arrived;
        public int* Done;
        public int Caller;

        public readonly void Run(int index)
        {
            new Meeting { Arrived = Arrived, Expected = 3 }.Wait();
            if (Environment.CurrentManagedThreadId != Caller) Thread.Sleep(5);
            Interlocked.Increment(ref *Done);
        }
    }

    /// <summary>Each piece waits until as many have begun as are expected, so that no thread can do two; it notes which thread does it.</summary>
    private struct Meeting : IParallelBody
    {
        private const int LongEnoughInMilliseconds = 60_000;

        public int* Arrived;
        public int Expected;
        public nint Threads;
        public long* AllocatedBytes;

        public readonly void Run(int index)
        {
            ((Thread[])GCHandle.FromIntPtr(Threads).Target!)[index] = Thread.CurrentThread;
            AllocatedBytes[index] = GC.GetAllocatedBytesForCurrentThread();
            Wait();
        }

        public readonly void Wait()
        {
            Interlocked.Increment(ref *Arrived);
            long end = Environment.TickCount64 + LongEnoughInMilliseconds;
            while (Volatile.Read(ref *Arrived) < Expected && Environment.TickCount64 < end) Thread.Yield();
        }
    }
}
