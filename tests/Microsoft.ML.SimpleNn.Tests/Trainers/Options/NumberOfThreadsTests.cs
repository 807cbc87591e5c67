using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>NumberOfThreads: the threads that there are while it trains, and afterwards; no thread is busy when there is nothing to do. That the model does not depend on them, <see cref="OptionTable"/> shows.</summary>
[TestClass]
[DoNotParallelize] // other tests' threads would count
public sealed class NumberOfThreadsTests
{
    private const int Width = 64;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    /// <summary>The thread that calls Fit is one of them; the others are known by their name.</summary>
    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(3, 2)]
    public void So_many_threads_train_and_none_is_left(int threads, int workers)
    {
        Assert.IsTrue(ComeTo(0), "workers before");
        bool trains = false;
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.NumberOfThreads, options.NumberOfEpochs, options.Progress) = (threads, 1, new Listener(_ => trains = ComeTo(workers)));
        BlobTask.Train(new MLContext(1), Blob.Rows(60), options);

        Assert.IsTrue(trains, "workers while it trains");
        Assert.IsTrue(ComeTo(0), "workers afterwards");
    }

    [TestMethod]
    public void The_threshold_of_anomalies_is_chosen_without_the_threads_that_score()
    {
        WorkerThread[] before = ScoreAndSleep();
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        (options.HiddenLayers, options.NumberOfEpochs) = ([256, 8], 1); // 256 rows x 64 x 256 weights: a batch that Predict would share out
        AutoencoderTask.Train(new MLContext(1), Enumerable.Range(0, 256).Select(row => new Row { Features = Kernels.Samples.Create(Width, row) }), options);

        CollectionAssert.AreEqual(before, WorkerThread.Find(WorkerThread.OfScoring));
    }

    [TestMethod]
    public void The_threads_that_score_sleep_when_there_is_nothing_to_score()
    {
        WorkerThread[] threads = ScoreAndSleep();

        Assert.HasCount(Environment.ProcessorCount - 1, threads);
    }

    /// <summary>Scores a large batch, and waits until the threads that did it sleep for 200 milliseconds on end; returns them.</summary>
    private static WorkerThread[] ScoreAndSleep()
    {
        const int Rows = 1024;
        Network.Create(Width, [256], 8).Predict(new float[Rows * Width], Rows, new float[Rows * 8]);
        WorkerThread[] threads = WorkerThread.Find(WorkerThread.OfScoring);
        Assert.IsTrue(SpinWait.SpinUntil(SleepOn, LongEnough), $"the threads do not come to rest: {string.Join(", ", threads.AsEnumerable())}");
        return threads;

        bool SleepOn()
        {
            WorkerThread[] earlier = WorkerThread.Find(WorkerThread.OfScoring);
            Thread.Sleep(200);
            threads = WorkerThread.Find(WorkerThread.OfScoring);
            return threads.All(thread => thread.Sleeps) && threads.SequenceEqual(earlier);
        }
    }

    /// <summary>Waits a little for so many workers, since the system names a thread, and forgets it, a moment after its begin and end.</summary>
    private static bool ComeTo(int workers) => SpinWait.SpinUntil(() => WorkerThread.Find(WorkerThread.OfTraining).Length == workers, LongEnough);

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];
    }
}
