namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Every setting of every optimizer: what it may be, how it is refused, and that it changes the trained weights.</summary>
[TestClass]
public sealed class OptimizerSettingsTests
{
    private const string Positive = "must be above 0, and finite", Fraction = "must be from 0 up to, but not including, 1", NotNegative = "must be 0 or more, and finite";

    private static readonly object?[] Positives = [float.Epsilon, float.MaxValue], NoPositives = [0f, -float.Epsilon, float.NaN, float.PositiveInfinity];
    private static readonly object?[] Fractions = [0f, MathF.BitDecrement(1)], NoFractions = [-float.Epsilon, 1f, float.NaN, float.PositiveInfinity];
    private static readonly object?[] Tolerances = [0.0, double.MaxValue], NoTolerances = [-double.Epsilon, double.NaN, double.PositiveInfinity];

    private static readonly SettingRow[] Rows =
    [
        Rate<SgdOptimizer>(), Rate<AdaGradOptimizer>(), Rate<RmsPropOptimizer>(), Rate<AdaDeltaOptimizer>(), Rate<AdamOptimizer>(), Rate<AdamWOptimizer>(),
        Rate<LbfgsOptimizer>() with { WeightsStay = true },
        Parts<SgdOptimizer>(), Parts<AdaGradOptimizer>(), Parts<RmsPropOptimizer>(), Parts<AdaDeltaOptimizer>(), Parts<AdamOptimizer>(), Parts<AdamWOptimizer>(),
        Parts<LbfgsOptimizer>(),
        new(typeof(SgdOptimizer), "Momentum") { Accepted = Fractions, Refused = NoFractions, Range = Fraction, Changed = 0.5f },
        new(typeof(SgdOptimizer), "Nesterov") { Accepted = [false, true], Given = [("Momentum", 0.5f)], Changed = true },
        Epsilon<AdaGradOptimizer>(), Epsilon<RmsPropOptimizer>(), Epsilon<AdaDeltaOptimizer>(), Epsilon<AdamOptimizer>(), Epsilon<AdamWOptimizer>(),
        Decay<RmsPropOptimizer>("Decay"), Decay<AdaDeltaOptimizer>("Decay"),
        Decay<AdamOptimizer>("Beta1"), Decay<AdamOptimizer>("Beta2"), Decay<AdamWOptimizer>("Beta1"), Decay<AdamWOptimizer>("Beta2"),
        new(typeof(AdamOptimizer), "AmsGrad") { Accepted = [false, true], Given = [("Beta2", 0.5f)], Changed = true },
        new(typeof(AdamWOptimizer), "AmsGrad") { Accepted = [false, true], Given = [("Beta2", 0.5f)], Changed = true },
        new(typeof(AdamWOptimizer), "WeightDecay") { Accepted = [0f, float.MaxValue], Refused = [-float.Epsilon, float.NaN, float.PositiveInfinity], Range = NotNegative, Changed = 1f },
        new(typeof(LbfgsOptimizer), "MemorySize") { Accepted = [1, int.MaxValue], Refused = [0, int.MinValue], Range = "must be 1 or more", Changed = 1 },
        new(typeof(LbfgsOptimizer), "GradientTolerance") { Accepted = Tolerances, Refused = NoTolerances, Range = NotNegative, Changed = 1e9 },
        new(typeof(LbfgsOptimizer), "ProgressTolerance") { Accepted = Tolerances, Refused = NoTolerances, Range = NotNegative, Changed = 0.999 },
    ];

    public static IEnumerable<object[]> Settings => Rows.Select(row => new object[] { row.Of, row.Name });

    [TestMethod]
    public void Every_setting_of_every_optimizer_has_a_row()
    {
        IEnumerable<Type> optimizers = typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)));

        CollectionAssert.AreEquivalent(
            optimizers.SelectMany(type => SettingRow.Settings(type).Select(name => (type, name))).ToArray(), Rows.Select(row => (row.Of, row.Name)).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void The_ends_of_the_range_are_taken_and_what_is_beyond_is_refused(Type optimizer, string setting) => Row(optimizer, setting).AssertRange(() => Create(optimizer));

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void The_setting_changes_the_trained_weights(Type optimizer, string setting) => Row(optimizer, setting).AssertEffect(() => Create(optimizer), Train);

    private static SettingRow Rate<TOptimizer>() => new(typeof(TOptimizer), "LearningRate") { Accepted = Positives, Refused = NoPositives, Range = Positive, Changed = 0.02f };

    private static SettingRow Parts<TOptimizer>() => new(typeof(TOptimizer), "Parametrization")
    {
        Accepted = [Parametrization.Standard, Parametrization.NeuralTangent],
        Refused = [(Parametrization)2, (Parametrization)(-1)],
        Range = "must be Standard or NeuralTangent",
        Changed = Parametrization.NeuralTangent,
    };

    private static SettingRow Epsilon<TOptimizer>() => new(typeof(TOptimizer), "Epsilon") { Accepted = Positives, Refused = NoPositives, Range = Positive, Changed = 0.01f };

    private static SettingRow Decay<TOptimizer>(string name) => new(typeof(TOptimizer), name) { Accepted = Fractions, Refused = NoFractions, Range = Fraction, Changed = 0.6f };

    private static SettingRow Row(Type optimizer, string setting) => Rows.Single(row => row.Of == optimizer && row.Name == setting);

    private static object Create(Type optimizer) => Activator.CreateInstance(optimizer)!;

    private static float[] Train(object optimizer)
    {
        var network = Network.Create(5, [6], 3, Activation.Tanh);
        var options = new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = (Optimizer)optimizer, NumberOfEpochs = 6, BatchSize = 10, NumberOfThreads = 1 };
        TrainingLoop.Run(network, new SampleRows(40).ToExamples(), null, options);
        return network.AllWeights();
    }
}
