using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>The kinds of labels that the regression trainer takes.</summary>
internal static class Numbers
{
    public static IEstimator<ITransformer>[] Run(MLContext ml)
    {
        // shown begin
        var price = ml.Regression.Trainers.SimpleNn("Price");                  // a Single: Score is the number, in its unit
        var measurements = ml.Regression.Trainers.SimpleNn("Measurements");    // a vector of Single: Score is a vector; NaN is a missing number
        var tags = ml.Regression.Trainers.SimpleNn("Tags");                    // a vector of Boolean: Score has the probability of each
        var interval = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
        {
            LabelColumnName = "Price",
            Loss = Loss.Quantile(0.05f, 0.95f),     // Score: the bounds of an interval of 90 %
        });
        // shown end

        return [price, measurements, tags, interval];
    }
}
