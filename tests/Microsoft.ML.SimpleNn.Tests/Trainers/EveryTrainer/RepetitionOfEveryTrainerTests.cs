using Microsoft.ML.SimpleNn.Tests.Kernels;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>
/// Fits at once give what one alone gives, and fits, cancelled or not, leave no thread and no memory behind, in every trainer. The performance tests' <c>soak</c> does the same for minutes.
/// </summary>
[TestClass]
[DoNotParallelize] // other tests' threads and memory would count
public sealed class RepetitionOfEveryTrainerTests
{
    private const int FitsAtOnce = 8, Fits = 20;
    private const long KilobytesOfAModel = 1024; // 512 x 512 weights
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fits_at_once_give_the_bits_of_one_alone(string task)
    {
        float[] alone = Fit(task);
        var together = new float[FitsAtOnce][];
        Thread[] threads = [.. Enumerable.Range(0, FitsAtOnce).Select(i => new Thread(() => together[i] = Fit(task)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        for (int i = 0; i < FitsAtOnce; i++) Bits.AssertEqual(alone, together[i], $"weights of fit {i}");
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Fits_that_end_or_are_cancelled_leave_no_thread_and_no_memory(string task)
    {
        Repeat(task, 2);
        long before = Kilobytes();
        Repeat(task, Fits);

        Assert.IsTrue(SpinWait.SpinUntil(() => WorkerThread.Find(WorkerThread.OfTraining).Length == 0, LongEnough), "threads are left");
        Assert.IsLessThan(before + 2 * KilobytesOfAModel, Kilobytes(), "of the memory of 20 models, as many kilobytes are left beside those that were there");
    }

    /// <summary>Half of them cancelled in their second epoch, after which there is a model, or in their first, after which there is none.</summary>
    private static void Repeat(string task, int fits)
    {
        for (int i = 0; i < fits; i++)
        {
            using var cancellation = new CancellationTokenSource();
            if (i % 4 == 3) cancellation.Cancel();
            try
            {
                Fit(task, options =>
                {
                    options.HiddenLayers = [512, 512];
                    options.CancellationToken = cancellation.Token;
                    options.Progress = new Listener(_ =>
                    {
                        if (i % 4 == 1) cancellation.Cancel();
                    });
                });
            }
            catch (OperationCanceledException) when (i % 4 == 3)
            {
            }
        }
    }

    private static float[] Fit(string task, Action<SimpleNnOptionsBase>? change = null)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        SimpleNnOptionsBase options = trainer.Options(options => (options.NumberOfThreads, options.NumberOfEpochs) = (2, 2));
        change?.Invoke(options);
        return trainer.Fit(new MLContext(seed: 1), options, TaskRow.Rows(60)).Everything;
    }

    private static long Kilobytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) >> 10;
    }
}
