using Microsoft.ML.SimpleNn.PerformanceTests.Mnist;
using Microsoft.ML.Trainers.LightGbm;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>ML.NET's LightGBM with its defaults: a hundred trees for each digit.</summary>
internal static class LightGbmMnist
{
    public static TrainerRun Create() => new("ML.NET LightGBM (100 trees a class)", (ml, threads, rows) =>
        ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfThreads = threads }).Fit(rows))
    { TakesMinutes = true };
}
