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
        var seen = new List<int>();
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.NumberOfThreads, options.Progress) = (threads, new Listener(_ => seen.Add(CountWorkers())));
        BlobTask.Train(new MLContext(1), Blob.Rows(60), options);

        CollectionAssert.AreEqual(Enumerable.Repeat(workers, 15).ToArray(), seen);
        Assert.AreEqual(0, CountWorkers());
    }

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
