using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>An interval that nine of ten house values lie in, by two quantiles of one network.</summary>
internal sealed class CaliforniaInterval(string folder) : AccuracyTask("California housing, interval of 90 %", "random 80/20, Loss.Quantile(0.05, 0.95)",
    new Measure("coverage, at least", 0.87), new Measure("coverage, at most", 0.93, LowerIsBetter: true))
{
    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var options = new SimpleNnRegressionTrainer.Options { Loss = Loss.Quantile(0.05f, 0.95f) };
        configure(options);
        var ml = new MLContext(seed);
        var split = CaliforniaHousing.Split(ml, folder, seed);
        IDataView scored = ml.Regression.Trainers.SimpleNn(options).Fit(split.TrainSet).Transform(split.TestSet);

        float[] values = [.. scored.GetColumn<float>("Label")];
        float[][] quantiles = [.. scored.GetColumn<float[]>("Score")];
        double coverage = values.Zip(quantiles).Average(row => row.First >= row.Second[0] && row.First <= row.Second[1] ? 1.0 : 0.0);
        return [coverage, coverage];
    }
}
