using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>NumberOfThreads: the threads that there are while it trains, and afterwards. That the model does not depend on them, <see cref="OptionTable"/> shows.</summary>
[TestClass]
public sealed class NumberOfThreadsTests
{
    /// <summary>The thread that calls Fit is one of them; the others are known by their name.</summary>
    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(3, 2)]
    [DoNotParallelize] // other tests' threads would count
    public void So_many_threads_train_and_none_is_left(int threads, int workers)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("The names of a process's threads are read from /proc, which Linux has.");
        Assert.IsTrue(ComeTo(0), "workers before");
        bool trains = false;
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.NumberOfThreads, options.NumberOfEpochs, options.Progress) = (threads, 1, new Listener(_ => trains = ComeTo(workers)));
        BlobTask.Train(new MLContext(1), Blob.Rows(60), options);

        Assert.IsTrue(trains, "workers while it trains");
        Assert.IsTrue(ComeTo(0), "workers afterwards");
    }

    /// <summary>Waits a little for so many workers, since the system names a thread, and forgets it, a moment after its begin and end.</summary>
    private static bool ComeTo(int workers) => SpinWait.SpinUntil(() => CountWorkers() == workers, TimeSpan.FromSeconds(10));

    private static int CountWorkers() => Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("SimpleNn ", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
