using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>An interval that nine of ten house values lie in, by two quantiles of one network.</summary>
internal sealed class CaliforniaInterval(string folder)
    : TableSet(SingleTables.California with { Name = "California housing, interval of 90 %", Measures = [Coverage] }, folder)
{
    private static readonly Measure Coverage = new("coverage, 0.87 to 0.93");

    public override bool IsForOthers => false;

    public override void Configure(SimpleNnOptionsBase options, int seed) => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.Quantile(0.05f, 0.95f);

    public override IReadOnlyDictionary<Measure, double> Judge(MLContext ml, ITransformer model, IDataView scored) =>
        new Dictionary<Measure, double> { [Coverage] = ml.Regression.EvaluateQuantiles(scored).IntervalCoverage };
}
