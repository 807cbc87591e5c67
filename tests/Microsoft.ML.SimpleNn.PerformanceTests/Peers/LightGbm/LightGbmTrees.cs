using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>ML.NET's LightGBM with its defaults.</summary>
internal sealed class LightGbmTrees() : MLNetTrainer("lightgbm")
{
    protected override IEstimator<ITransformer>[] Create(MLContext ml, Problem problem) => problem switch
    {
        Problem.Binary => [ml.BinaryClassification.Trainers.LightGbm()],
        Problem.Multiclass => [ml.MulticlassClassification.Trainers.LightGbm()],
        _ => [ml.Regression.Trainers.LightGbm()],
    };
}
