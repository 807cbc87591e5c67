namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class TrainingOptionsTests
{
    [TestMethod]
    public void Values_out_of_range_are_refused_with_the_option_s_name_and_range()
    {
        Loss loss = Loss.SquaredError;

        Refuses("NumberOfEpochs must be 1 or more.", () => new TrainingOptions { Loss = loss, NumberOfEpochs = 0 });
        Refuses("BatchSize must be 1 or more.", () => new TrainingOptions { Loss = loss, BatchSize = -5 });
        Refuses("Patience must be 1 or more.", () => new TrainingOptions { Loss = loss, Patience = 0 });
        Refuses("MinimumImprovement must be 0 or more, and finite.", () => new TrainingOptions { Loss = loss, MinimumImprovement = -0.1 });
        Refuses("MinimumImprovement must be 0 or more, and finite.", () => new TrainingOptions { Loss = loss, MinimumImprovement = double.NaN });
        Refuses("MinimumImprovement must be 0 or more, and finite.", () => new TrainingOptions { Loss = loss, MinimumImprovement = double.PositiveInfinity });
        Refuses("TimeBudget must be above zero.", () => new TrainingOptions { Loss = loss, TimeBudget = TimeSpan.Zero });
        Refuses("TimeBudget must be above zero.", () => new TrainingOptions { Loss = loss, TimeBudget = TimeSpan.FromSeconds(-1) });
        foreach (float number in new[] { -0.1f, float.NaN, float.PositiveInfinity })
        {
            Refuses("L1Regularization must be 0 or more, and finite.", () => new TrainingOptions { Loss = loss, L1Regularization = number });
            Refuses("L2Regularization must be 0 or more, and finite.", () => new TrainingOptions { Loss = loss, L2Regularization = number });
        }

        foreach (float number in new[] { 0, -1, float.NaN, float.PositiveInfinity })
        {
            Refuses("MaximumGradientNorm must be above 0, and finite.", () => new TrainingOptions { Loss = loss, MaximumGradientNorm = number });
            Refuses("MaximumWeightNorm must be above 0, and finite.", () => new TrainingOptions { Loss = loss, MaximumWeightNorm = number });
        }

        foreach (float rate in new[] { -0.1f, 1, float.NaN })
        {
            Refuses("InputDropout must be from 0 up to, but not including, 1.", () => new TrainingOptions { Loss = loss, InputDropout = rate });
            Refuses("Dropout must be from 0 up to, but not including, 1.", () => new TrainingOptions { Loss = loss, Dropout = rate });
            Refuses("inputRate must be from 0 up to, but not including, 1.", () => new DropoutMasks(rate, 0, seed: 1));
            Refuses("hiddenRate must be from 0 up to, but not including, 1.", () => new DropoutMasks(0, rate, seed: 1));
        }

        Refuses("NumberOfThreads", () => new TrainingOptions { Loss = loss, NumberOfThreads = -1 });
    }

    [TestMethod]
    public void The_ends_of_the_ranges_are_allowed()
    {
        var options = new TrainingOptions { Loss = Loss.SquaredError, NumberOfEpochs = 1, BatchSize = 1, Patience = 1, MinimumImprovement = 0, NumberOfThreads = 0 };

        Assert.AreEqual((1, 1, 1, 0.0, 0), (options.NumberOfEpochs, options.BatchSize, options.Patience, options.MinimumImprovement, options.NumberOfThreads));
    }

    [TestMethod]
    public void The_defaults_are_the_documented_ones()
    {
        var options = new TrainingOptions { Loss = Loss.SquaredError };

        Assert.AreEqual((100, 128, 10, 0.0, 0, 0), (options.NumberOfEpochs, options.BatchSize, options.Patience, options.MinimumImprovement, options.Seed, options.NumberOfThreads));
        Assert.AreEqual((0f, 0f, 0f, 0f, null, null), (options.L1Regularization, options.L2Regularization, options.InputDropout, options.Dropout, options.MaximumGradientNorm, options.MaximumWeightNorm));
        Assert.AreEqual((true, false, true), (options.NormalizeFeatures, options.WarmStart, options.EarlyStopping));
        Assert.IsNull(options.TimeBudget);
        Assert.AreEqual(0.001f, ((AdamOptimizer)options.Optimizer).LearningRate);
        Assert.AreSame(LearningRateSchedule.Constant, options.LearningRateSchedule);
    }

    private static void Refuses(string message, Func<object> create) =>
        Assert.Contains(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(create).Message);
}
