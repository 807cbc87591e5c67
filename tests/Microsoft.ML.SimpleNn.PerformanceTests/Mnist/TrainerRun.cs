using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Mnist;

/// <summary>A trainer of ML.NET: timed is its Fit on an IDataView, as a user calls it.</summary>
/// <param name="name">What it is.</param>
/// <param name="fit">Trains with so many threads.</param>
internal sealed class TrainerRun(string name, Func<MLContext, int, IDataView, ITransformer> fit) : MnistRun
{
    /// <summary>This library.</summary>
    public static TrainerRun Ours { get; } = new("Microsoft.ML.SimpleNn, Fit", (ml, threads, rows) =>
        ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            HiddenLayers = [HiddenUnits],
            Optimizer = new AdamOptimizer(),
            LearningRateSchedule = LearningRateSchedule.Constant,
            NumberOfEpochs = Epochs,
            BatchSize = BatchSize,
            EarlyStopping = false,
            NumberOfThreads = threads,
        }).Fit(rows));

    /// <summary>ML.NET's multinomial logistic regression, which uses the threads it likes.</summary>
    public static TrainerRun Lbfgs { get; } = new("ML.NET L-BFGS (a linear model)", (ml, _, rows) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(rows)) { TakesMinutes = true };

    public override string Name => name;

    public override (double Seconds, double Accuracy) Run(string folder, int threads)
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(Digit.Read(folder, "train")), test = ml.Data.LoadFromEnumerable(Digit.Read(folder, "t10k"));
        var keys = ml.Transforms.Conversion.MapValueToKey("Label").Fit(training);
        training = keys.Transform(training);
        long start = Stopwatch.GetTimestamp();
        ITransformer model = fit(ml, threads, training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, ml.MulticlassClassification.Evaluate(model.Transform(keys.Transform(test))).MicroAccuracy);
    }
}
