using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Tuning;

[TestClass]
public sealed class TuningSpaceTests
{
    private const int Draws = 2000;

    /// <summary>Half of the numbers lie below the middle: of 1 to 100 that is 50.5, and on a log scale 10.</summary>
    [TestMethod]
    [DataRow(false, 50.5f)]
    [DataRow(true, 10f)]
    public void Numbers_lie_in_their_range_half_of_them_below_its_middle(bool logScale, float middle)
    {
        float[] drawn = Draw(new TuningSpace<SimpleNnRegressionTrainer.Options>().AddRange("L2", 1, 100, (o, value) => o.L2Regularization = value, logScale), o => o.L2Regularization);

        Assert.IsTrue(drawn.All(value => value is >= 1 and <= 100));
        Assert.AreEqual(0.5, drawn.Count(value => value < middle) / (double)Draws, 0.04); // 3.6 deviations
    }

    [TestMethod]
    public void A_value_that_stands_there_twice_is_drawn_twice_as_often()
    {
        int?[] drawn = Draw(new TuningSpace<SimpleNnRegressionTrainer.Options>().AddChoice("BatchSize", new int?[] { null, 32, 32 }, (o, value) => o.BatchSize = value), o => o.BatchSize);

        Assert.AreEqual(2.0 / 3, drawn.Count(value => value == 32) / (double)Draws, 0.04);
        Assert.IsTrue(drawn.All(value => value is null or 32));
    }

    [TestMethod]
    public void What_a_table_shows_is_what_was_set()
    {
        var options = new SimpleNnBinaryTrainer.Options();

        Dictionary<string, string> values = new(TuningSpace.Around(options).Draw(options, new RandomSource(1, RandomStream.Tuning)));

        var adam = (AdamWOptimizer)options.Optimizer;
        Assert.AreEqual(adam.LearningRate, float.Parse(values["LearningRate"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(adam.WeightDecay, float.Parse(values["WeightDecay"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(options.HiddenLayers is null ? "by the data" : $"[{string.Join(", ", options.HiddenLayers)}]", values["HiddenLayers"]);
    }

    /// <summary>The optimizer is made anew; what is not searched stays.</summary>
    [TestMethod]
    public void The_rest_of_the_optimizer_stays()
    {
        var given = new AdamWOptimizer { LearningRate = 0.001f, Beta1 = 0.8f, Beta2 = 0.95f, Epsilon = 1e-6f, AmsGrad = true, WeightDecay = 0, Parametrization = Parametrization.NeuralTangent };
        var options = new SimpleNnRegressionTrainer.Options { Optimizer = given };

        TuningSpace.Around(options).Draw(options, new RandomSource(1, RandomStream.Tuning));

        var drawn = (AdamWOptimizer)options.Optimizer;
        Assert.AreEqual((0.8f, 0.95f, 1e-6f, true, Parametrization.NeuralTangent), (drawn.Beta1, drawn.Beta2, drawn.Epsilon, drawn.AmsGrad, drawn.Parametrization));
        Assert.IsInRange(0.00025f, 0.003f, drawn.LearningRate);
        Assert.IsInRange(0.002f, 0.6f, drawn.WeightDecay);
    }

    [TestMethod]
    public void The_space_is_what_the_options_can_take()
    {
        CollectionAssert.AreEqual(new[] { "LearningRate", "WeightDecay", "HiddenLayers", "BatchSize", "Dropout", "LabelSmoothing" }, Names(new SimpleNnMulticlassTrainer.Options()));
        CollectionAssert.AreEqual(new[] { "LearningRate", "WeightDecay", "HiddenLayers", "BatchSize", "Dropout" }, Names(new SimpleNnRegressionTrainer.Options()));
        CollectionAssert.AreEqual(new[] { "HiddenLayers", "BatchSize", "Dropout" }, Names(new SimpleNnRegressionTrainer.Options { Optimizer = new SgdOptimizer() }));
        CollectionAssert.AreEqual(new[] { "HiddenLayers" }, Names(new SimpleNnRegressionTrainer.Options { Optimizer = new LbfgsOptimizer() }));

        static string[] Names<TOptions>(TOptions options)
            where TOptions : SimpleNnOptionsBase => [.. TuningSpace.Around(options).Names];
    }

    [TestMethod]
    public void An_option_of_the_same_name_is_replaced_and_another_space_is_given()
    {
        TuningSpace<SimpleNnRegressionTrainer.Options> first = TuningSpace.Around(new SimpleNnRegressionTrainer.Options());

        TuningSpace<SimpleNnRegressionTrainer.Options> second = first.AddChoice("Dropout", [0.5f], (o, value) => o.Dropout = value).Without("BatchSize");

        Assert.HasCount(5, first.Names);
        CollectionAssert.AreEqual(new[] { "LearningRate", "WeightDecay", "HiddenLayers", "Dropout" }, second.Names.ToArray());
        Assert.IsTrue(Draw(second, o => o.Dropout).All(dropout => dropout == 0.5f));
    }

    [TestMethod]
    public void What_cannot_be_drawn_from_is_refused_with_a_remedy()
    {
        var space = new TuningSpace<SimpleNnRegressionTrainer.Options>();

        Assert.Contains("'Dropout' is 0.5 to 0.1", Refusal(() => space.AddRange("Dropout", 0.5f, 0.1f, (o, value) => o.Dropout = value)));
        Assert.Contains("'L2' begins at 0: with a log scale it must be above 0", Refusal(() => space.AddRange("L2", 0, 1, (o, value) => o.L2Regularization = value, logScale: true)));
        Assert.Contains("no value for 'BatchSize': give one or more", Refusal(() => space.AddChoice<int>("BatchSize", [], (o, value) => o.BatchSize = value)));
        Assert.Contains("no 'Layers' in the space, which has no options", Refusal(() => space.Without("Layers")));
        Assert.Contains("NumberOfConfigurations is 0: it must be 1 to 100000 configurations", Refusal(() => _ = new TuningSettings<SimpleNnRegressionTrainer.Options> { NumberOfConfigurations = 0 }));
        Assert.Contains("ValidationFraction is 1: it must be above 0 and below 1", Refusal(() => _ = new TuningSettings<SimpleNnRegressionTrainer.Options> { ValidationFraction = 1 }));
        Assert.Contains("TimeBudget is 00:00:00", Refusal(() => _ = new TuningSettings<SimpleNnRegressionTrainer.Options> { TimeBudget = TimeSpan.Zero }));

        static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    private static T[] Draw<T>(TuningSpace<SimpleNnRegressionTrainer.Options> space, Func<SimpleNnRegressionTrainer.Options, T> read)
    {
        var random = new RandomSource(1, RandomStream.Tuning);
        return [.. Enumerable.Range(0, Draws).Select(_ =>
        {
            var options = new SimpleNnRegressionTrainer.Options();
            space.Draw(options, random);
            return read(options);
        })];
    }
}
