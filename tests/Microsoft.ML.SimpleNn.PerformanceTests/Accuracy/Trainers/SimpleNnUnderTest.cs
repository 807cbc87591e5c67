using System.Diagnostics;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>Our trainer, with the options of a variant.</summary>
internal sealed class SimpleNnUnderTest(string name, Variant variant) : AccuracyTrainer(name)
{
    public override bool Takes(AccuracySet set) => true;

    public override Outcome Run(MLContext ml, AccuracySet set, IReadOnlyList<Split> splits, int seed) => Outcome.OfFolds([.. splits.Select(split => Run(ml, set, split, seed))]);

    private Outcome Run(MLContext ml, AccuracySet set, Split split, int seed)
    {
        IEstimator<ITransformer> trainer = Create(ml, set, seed);
        var clock = Stopwatch.StartNew();
        ITransformer model = trainer.Fit(split.Train);
        double seconds = clock.Elapsed.TotalSeconds;
        return new Outcome(set.Judge(ml, model, model.Transform(split.Test)), seconds);
    }

    private IEstimator<ITransformer> Create(MLContext ml, AccuracySet set, int seed)
    {
        switch (set.Problem)
        {
            case Problem.Binary:
                var binary = new SimpleNnBinaryTrainer.Options();
                Configure(set, seed, binary);
                return ml.BinaryClassification.Trainers.SimpleNn(binary);
            case Problem.Multiclass:
                var multiclass = new SimpleNnMulticlassTrainer.Options();
                Configure(set, seed, multiclass);
                return ml.MulticlassClassification.Trainers.SimpleNn(multiclass);
            default:
                var regression = new SimpleNnRegressionTrainer.Options();
                Configure(set, seed, regression);
                return ml.Regression.Trainers.SimpleNn(regression);
        }
    }

    private void Configure(AccuracySet set, int seed, SimpleNnOptionsBase options)
    {
        set.Configure(options, seed);
        variant.Configure(options);
    }
}
