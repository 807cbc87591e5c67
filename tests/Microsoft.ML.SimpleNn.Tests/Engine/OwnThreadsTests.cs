namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Loops on threads of their own visit each piece once, and fail as a whole.</summary>
[TestClass]
public sealed class OwnThreadsTests
{
    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(1, 3)]
    [DataRow(1000, 1)]
    [DataRow(1000, 3)]
    [DataRow(2, 64)]
    public void Each_piece_is_done_once(int count, int threads)
    {
        int[] visits = new int[count];
        OwnThreads.For(count, threads, i => Interlocked.Increment(ref visits[i]));

        Assert.IsTrue(Array.TrueForAll(visits, visit => visit == 1));
    }

    [TestMethod]
    public void No_thread_of_the_pool_is_used()
    {
        Thread caller = Thread.CurrentThread;
        int ofThePool = 0;
        OwnThreads.For(100, 4, _ => { if (Thread.CurrentThread.IsThreadPoolThread && Thread.CurrentThread != caller) Interlocked.Increment(ref ofThePool); });

        Assert.AreEqual(0, ofThePool);
    }

    [TestMethod]
    public void What_a_piece_throws_the_loop_throws_when_all_threads_have_ended()
    {
        int running = 0;
        var error = Assert.ThrowsExactly<AggregateException>(() => OwnThreads.For(1000, 3, i =>
        {
            Interlocked.Increment(ref running);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            if (i == 5) throw new FormatException("the sixth");
        }));

        Assert.AreEqual("the sixth", error.InnerExceptions.Single().Message);
        Assert.AreEqual(0, running);
    }
}
