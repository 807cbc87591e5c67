using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>ML.NET's FastTree with its defaults; for classes, one against all others.</summary>
internal sealed class FastTrees() : MLNetTrainer("fasttree")
{
    protected override IEstimator<ITransformer>[] Create(MLContext ml, Problem problem) => problem switch
    {
        Problem.Binary => [ml.BinaryClassification.Trainers.FastTree()],
        Problem.Multiclass => [ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree())],
        _ => [ml.Regression.Trainers.FastTree()],
    };

    /// <summary>It leaves out rows with unknown features, which may be all of them.</summary>
    protected override (IDataView Train, IDataView Test) Prepare(MLContext ml, Split split) => Preparation.ReplaceMissing(ml, split);
}
