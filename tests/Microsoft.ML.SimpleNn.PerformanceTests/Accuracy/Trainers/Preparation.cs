using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>What stands between a data set's features and a trainer that does not take them as they are; the rows are read before Fit is timed.</summary>
internal static class Preparation
{
    /// <summary>Puts means in the place of unknown features, where there are any.</summary>
    public static (IDataView Train, IDataView Test) ReplaceMissing(MLContext ml, Split split) =>
        split.HasMissing ? Apply(ml, split, Means(ml)) : (split.Train, split.Test);

    /// <summary>The same, and then scales the features, which those of text do not need.</summary>
    public static (IDataView Train, IDataView Test) ReplaceMissingAndScale(MLContext ml, Split split) =>
        split.IsText ? (split.Train, split.Test)
        : split.HasMissing ? Apply(ml, split, Means(ml).Append(ml.Transforms.NormalizeMeanVariance("Features")))
        : Apply(ml, split, ml.Transforms.NormalizeMeanVariance("Features"));

    private static MissingValueReplacingEstimator Means(MLContext ml) =>
        ml.Transforms.ReplaceMissingValues("Features", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean);

    private static (IDataView Train, IDataView Test) Apply(MLContext ml, Split split, IEstimator<ITransformer> preparation)
    {
        ITransformer fitted = preparation.Fit(split.Train);
        Split prepared = Split.Create(ml, fitted.Transform(split.Train), fitted.Transform(split.Test));
        return (prepared.Train, prepared.Test);
    }
}
