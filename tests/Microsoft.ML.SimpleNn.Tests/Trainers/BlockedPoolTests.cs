using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Training and scoring wait for no thread of the pool: the program around may have blocked them all.</summary>
[TestClass]
public sealed class BlockedPoolTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [TestMethod]
    [DoNotParallelize]
    public void Everything_ends_while_all_threads_of_the_pool_are_blocked()
    {
        ThreadPool.GetMinThreads(out int usual, out _);
        // Left to the collector: what has not begun when the test ends looks at them still, and what it threw would end the process.
        ManualResetEventSlim gate = new(), blocked = new();
        int blockers = 50 * usual, begun = 0; // the pool adds a thread or two a second
        for (int i = 0; i < blockers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                if (Interlocked.Increment(ref begun) == usual) blocked.Set();
                gate.Wait();
            }, null);
        }

        var work = new Thread(() =>
        {
            var ml = new MLContext(seed: 1);
            BlobTask.Train(ml, Blob.Rows(), new SimpleNnMulticlassTrainer.Options { NumberOfEpochs = 2, NumberOfThreads = 2 });
            BlobTask.Train(ml, Blob.Rows(), new SimpleNnMulticlassTrainer.Options { NumberOfEpochs = 2, NumberOfThreads = 2, MemoryBudget = 2000 });
            AutoencoderTask.Train(ml, Reading.Rows(), new SimpleNnAutoencoderTrainer.Options { NumberOfEpochs = 2, NumberOfThreads = 2 });
        })
        { IsBackground = true };
        try
        {
            Assert.IsTrue(blocked.Wait(Long), "the pool is not blocked");
            work.Start();
            Assert.IsTrue(work.Join(Long), "not done");
        }
        finally
        {
            gate.Set();
        }
    }
}
