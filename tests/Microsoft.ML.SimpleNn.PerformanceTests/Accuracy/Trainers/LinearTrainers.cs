using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>The better of two linear trainers of ML.NET with their defaults.</summary>
internal sealed class LinearTrainers() : MLNetTrainer("linear")
{
    protected override IEstimator<ITransformer>[] Create(MLContext ml, Problem problem) => problem switch
    {
        Problem.Binary => [ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), ml.BinaryClassification.Trainers.SdcaLogisticRegression()],
        Problem.Multiclass => [ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()],
        _ => [ml.Regression.Trainers.Sdca(), ml.Regression.Trainers.OnlineGradientDescent()],
    };

    protected override (IDataView Train, IDataView Test) Prepare(MLContext ml, Split split) => Preparation.ReplaceMissingAndScale(ml, split);
}
