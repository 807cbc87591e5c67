using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Tuning;

/// <summary>Searches with real trainings.</summary>
[TestClass]
public sealed class SearchTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_same_trials_to_the_bit_on_any_number_of_threads()
    {
        (int, int, double)[] one = Trials(1), three = Trials(3);

        Assert.HasCount(6, one);
        CollectionAssert.AreEqual(one, three);

        (int, int, double)[] Trials(int threads) =>
        [
            .. _ml.Regression.TuneSimpleNn(_ml.Data.LoadFromEnumerable(Measurement.Rows()), Small(threads), new() { NumberOfConfigurations = 4, Seed = 3 }).Trials
                .Select(trial => (trial.Configuration, trial.NumberOfEpochs, trial.ValidationLoss)),
        ];
    }

    /// <summary>The trainer's own history is the other side.</summary>
    [TestMethod]
    public void A_trial_is_what_a_fit_with_its_options_and_its_validation_rows_gives()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Measurement.Rows());

        TuningTrial<SimpleNnRegressionTrainer.Options> best = _ml.Regression.TuneSimpleNn(rows, Small(1), new() { NumberOfConfigurations = 3, Seed = 3 }).Best;

        (best.Options.Seed, best.Options.ValidationFraction, best.Options.RefitOnAllRows) = (3, 0.2, false);
        TrainingHistory history = _ml.Regression.Trainers.SimpleNn(best.Options).Fit(rows).Model.TrainingHistory;
        Assert.AreEqual(history.Epochs[history.BestEpoch - 1].ValidationLoss, best.ValidationLoss);
    }

    /// <summary>Whether two numbers have the same sign is no sum of what each says; ML.NET's evaluator judges by rows that were not searched with.</summary>
    [TestMethod]
    public void What_a_linear_model_cannot_learn_is_learned_by_the_options_found()
    {
        IDataView rows = Signs(seed: 1), testRows = Signs(seed: 2);
        var linear = new SimpleNnBinaryTrainer.Options { HiddenLayers = [], Effort = Effort.Quick, Seed = 1 };

        var result = _ml.BinaryClassification.TuneSimpleNn(rows, linear, new() { NumberOfConfigurations = 6 });

        double before = Accuracy(linear), after = Accuracy(result.Options);
        Assert.IsGreaterThan(before + 0.15, after, $"{before} {after}");
        Assert.IsGreaterThan(result.Given.ValidationAccuracy!.Value, result.Best.ValidationAccuracy!.Value);

        double Accuracy(SimpleNnBinaryTrainer.Options options) =>
            _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.SimpleNn(options).Fit(rows).Transform(testRows)).Accuracy;
    }

    [TestMethod]
    public void Classes_are_searched_too()
    {
        var result = _ml.MulticlassClassification.TuneSimpleNn(BlobTask.Keyed(_ml, Blob.Rows(150, distance: 2)),
            new() { Effort = Effort.Quick, Seed = 1, HiddenLayers = [4] }, new() { NumberOfConfigurations = 3 });

        Assert.HasCount(1 + 3 + 1, result.Trials);
        Assert.IsLessThan(Math.Log(3), result.Best.ValidationLoss, "the loss of knowing nothing");
        Assert.Contains("LabelSmoothing", result.Trials[1].Description);
    }

    /// <summary>The factories that CreateSweepableEstimator of Microsoft.ML.AutoML takes are of this type.</summary>
    [TestMethod]
    public void A_factory_of_the_kind_that_AutoML_takes_makes_the_trainer()
    {
        Func<MLContext, SimpleNnRegressionTrainer.Options, IEstimator<ITransformer>> factory = (context, options) => context.Regression.Trainers.SimpleNn(options);
        IDataView rows = _ml.Data.LoadFromEnumerable(Measurement.Rows());

        Assert.IsNotNull(factory(_ml, Small(1)).Fit(rows).Transform(rows).Schema.GetColumnOrNull("Score"));
    }

    /// <summary>A fifth of 40 rows is 8.</summary>
    [TestMethod]
    public void Rows_that_are_too_few_are_refused_with_a_remedy()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Measurement.Rows().Take(40).ToArray());

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Regression.TuneSimpleNn(rows, Small(1))).Message;

        Assert.Contains("0.2 of the rows", message);
        Assert.Contains("fewer than 10. Give more rows, or raise the fraction.", message);
        Assert.HasCount(3, _ml.Regression.TuneSimpleNn(rows, Small(1), new() { NumberOfConfigurations = 2, ValidationFraction = 0.4 }).Trials, "the remedy works");
    }

    private static SimpleNnRegressionTrainer.Options Small(int threads) => new() { LabelColumnName = "Height", Effort = Effort.Quick, NumberOfThreads = threads };

    private IDataView Signs(int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(_ =>
        {
            float[] point = [(2 * random.NextSingle()) - 1, (2 * random.NextSingle()) - 1, 0, 0];
            return new BinaryBlob { Features = point, Label = point[0] * point[1] > 0 };
        }).ToArray());
    }
}
