namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The factor of each schedule against its formula, step by step.</summary>
[TestClass]
public sealed class LearningRateScheduleTests
{
    private const int StepsPerEpoch = 50;
    private const int Epochs = 20;
    private const int Steps = StepsPerEpoch * Epochs;

    [TestMethod]
    public void Cosine_falls_from_one_to_zero_along_half_a_cosine()
    {
        for (int step = 0; step < Steps; step++)
            Assert.AreEqual((1 + Math.Cos(Math.PI * step / Steps)) / 2, FactorAt(LearningRateSchedule.Cosine, step), 1e-7, $"step {step}");
    }

    [TestMethod]
    public void Constant_is_one_throughout()
    {
        for (int step = 0; step < Steps; step++) Assert.AreEqual(1f, FactorAt(LearningRateSchedule.Constant, step));
    }

    [TestMethod]
    public void Warm_up_rises_along_a_line_and_goes_over_into_the_cosine()
    {
        LearningRateSchedule schedule = LearningRateSchedule.CosineWithWarmup(0.1);
        for (int step = 0; step < Steps; step++)
        {
            double expected = step < 100 ? (step + 1) / 100.0 : (1 + Math.Cos(Math.PI * (step - 100) / 900)) / 2;
            Assert.AreEqual(expected, FactorAt(schedule, step), 1e-7, $"step {step}");
        }
    }

    [TestMethod]
    public void A_warm_up_that_ends_within_a_step_never_exceeds_one()
    {
        LearningRateSchedule schedule = LearningRateSchedule.CosineWithWarmup(0.0105); // 10.5 steps
        float[] factors = [.. Enumerable.Range(0, 12).Select(step => FactorAt(schedule, step))];

        Assert.AreEqual(10 / 10.5, factors[9], 1e-6);
        Assert.AreEqual(1f, factors[10]);
        Assert.IsLessThan(1f, factors[11]);
    }

    [TestMethod]
    public void No_warm_up_is_the_cosine_bit_by_bit()
    {
        LearningRateSchedule schedule = LearningRateSchedule.CosineWithWarmup(0);
        for (int step = 0; step < Steps; step++) Assert.AreEqual(FactorAt(LearningRateSchedule.Cosine, step), FactorAt(schedule, step));
    }

    [TestMethod]
    public void Warm_restarts_rise_and_fall_in_cycles_each_twice_as_long()
    {
        // Cycles of 4, 8 and 16 epochs. Within one, the logarithm of the epochs runs evenly: a cycle that begins after 4 (2^k - 1) epochs has its middle after 4 (2^(k + 1/2) - 1).
        foreach ((double epoch, double expected) in new[]
        {
            (0, 0), (4 * (Math.Pow(2, 0.25) - 1), 0.5), (4 * (Math.Sqrt(2) - 1), 1), (4 * (Math.Pow(2, 0.75) - 1), 0.5), (4, 0),
            (4 * (2 * Math.Pow(2, 0.25) - 1), 0.5), (4 * (2 * Math.Sqrt(2) - 1), 1), (12, 0), (4 * (4 * Math.Sqrt(2) - 1), 1), (28, 0), (60, 0),
        })
            Assert.AreEqual(expected, WarmRestart(epoch), 2e-4, $"epoch {epoch}");
    }

    [TestMethod]
    public void Warm_restarts_follow_their_formula_and_no_step_has_the_rate_zero()
    {
        LearningRateSchedule schedule = LearningRateSchedule.WarmRestarts(3);
        for (int step = 0; step < Steps; step++)
        {
            double epochs = (step + 0.5) / StepsPerEpoch; // in the middle of the step
            Assert.AreEqual((1 - Math.Cos(2 * Math.PI * Math.Log2(1 + epochs / 3))) / 2, FactorAt(schedule, step), 1e-6, $"step {step}");
            Assert.IsGreaterThan(0, FactorAt(schedule, step), $"step {step}");
        }
    }

    [TestMethod]
    public void Warm_restarts_are_at_rest_where_a_cycle_ends()
    {
        CollectionAssert.AreEqual(new[] { 4, 12, 28, 60 }, EpochsAtRest(LearningRateSchedule.WarmRestarts(4), 100));
        CollectionAssert.AreEqual(new[] { 1, 3, 7, 15, 31, 63 }, EpochsAtRest(LearningRateSchedule.WarmRestarts(1), 100));
        CollectionAssert.AreEqual(new[] { 7, 21, 49, 105, 217, 441, 889 }, EpochsAtRest(LearningRateSchedule.WarmRestarts(7), 1000));

        // Cycles that end after 2.5, 7.5 and 17.5 epochs, within epochs 3, 8 and 18.
        CollectionAssert.AreEqual(new[] { 3, 8, 18 }, EpochsAtRest(LearningRateSchedule.WarmRestarts(2.5), 20));
        CollectionAssert.AreEqual(Enumerable.Range(1, 20).ToArray(), EpochsAtRest(LearningRateSchedule.Cosine, 20));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-1.0)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void A_first_cycle_out_of_range_is_refused(double epochs) =>
        Assert.StartsWith("firstCycle must be above 0, and finite.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmRestarts(epochs)).Message);

    private static int[] EpochsAtRest(LearningRateSchedule schedule, int epochs) => [.. Enumerable.Range(1, epochs).Where(schedule.IsAtRest)];

    /// <summary>The factor after so many epochs of 10,000 steps.</summary>
    private static float WarmRestart(double epoch) => LearningRateSchedule.WarmRestarts().Factor(new TrainingMoment((long)Math.Round(10_000 * epoch), 10_000, 100, []));

    [TestMethod]
    public void Only_warm_restarts_have_cycles()
    {
        Assert.IsTrue(LearningRateSchedule.WarmRestarts().HasCycles);
        foreach (LearningRateSchedule schedule in new[] { LearningRateSchedule.Constant, LearningRateSchedule.Cosine, LearningRateSchedule.ReduceOnPlateau() })
            Assert.IsFalse(schedule.HasCycles, schedule.GetType().Name);
    }

    [TestMethod]
    public void Step_reduces_after_every_so_many_epochs()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Step(0.5, every: 3);
        for (int step = 0; step < Steps; step++)
            Assert.AreEqual((float)Math.Pow(0.5, step / StepsPerEpoch / 3), FactorAt(schedule, step), $"step {step}");
    }

    [TestMethod]
    public void Exponential_reduces_after_every_epoch()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Exponential(0.9);
        for (int step = 0; step < Steps; step++)
            Assert.AreEqual(Math.Pow(0.9, step / StepsPerEpoch), FactorAt(schedule, step), 1e-7, $"step {step}");
    }

    [TestMethod]
    public void Inverse_scaling_counts_the_steps_from_one()
    {
        foreach (double power in new[] { 0, 0.5, 1, 2.3 })
        {
            LearningRateSchedule schedule = LearningRateSchedule.InverseScaling(power);
            for (int step = 0; step < Steps; step++)
                Assert.AreEqual(1, FactorAt(schedule, step) * Math.Pow(step + 1, power), 2e-7, $"power {power}, step {step}");
        }
    }

    [TestMethod]
    public void A_plateau_reduces_after_patience_epochs_without_improvement_and_counts_anew()
    {
        LearningRateSchedule schedule = LearningRateSchedule.ReduceOnPlateau(factor: 0.1, patience: 2);

        // Losses of the epochs that have ended, and the reductions they give: 4 and 5 are no better than 3, then again 3 and 3.
        AssertReductions(schedule, [], 0);
        AssertReductions(schedule, [5, 4, 3], 0);
        AssertReductions(schedule, [5, 4, 3, 4], 0);
        AssertReductions(schedule, [5, 4, 3, 4, 5], 1);
        AssertReductions(schedule, [5, 4, 3, 4, 5, 3], 1);
        AssertReductions(schedule, [5, 4, 3, 4, 5, 3, 3], 2);
        AssertReductions(schedule, [5, 4, 3, 4, 5, 3, 2, 3], 1);
        AssertReductions(schedule, [5, 4, 3, 4, 5, 3, 2, 3, double.NaN], 2);
    }

    [TestMethod]
    public void A_plateau_takes_no_notice_of_an_improvement_below_the_minimum()
    {
        AssertReductions(LearningRateSchedule.ReduceOnPlateau(0.1, patience: 2, minimumImprovement: 0.5), [5, 4.6, 4.4, 4.3, 4.2], 1);
        AssertReductions(LearningRateSchedule.ReduceOnPlateau(0.1, patience: 2, minimumImprovement: 0.05), [5, 4.6, 4.4, 4.3, 4.2], 0);
    }

    [TestMethod]
    public void A_plateau_is_judged_by_the_validation_loss_where_there_is_one()
    {
        LearningRateSchedule schedule = LearningRateSchedule.ReduceOnPlateau(0.1, patience: 1);

        Assert.AreEqual(0.1f, Factor(schedule, [Epoch(2, 1), Epoch(1, 1)], step: 100), "the training loss falls, the validation loss does not");
        Assert.AreEqual(1f, Factor(schedule, [Epoch(1, 2), Epoch(1, 1)], step: 100), "the other way round");
    }

    [TestMethod]
    public void A_plateau_lowers_the_rate_of_a_run_and_the_schedule_may_serve_another()
    {
        LearningRateSchedule schedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1, minimumImprovement: 1000);
        float[] rates = LearningRates(schedule);

        // The first epoch is an improvement on nothing; every later one is not.
        CollectionAssert.AreEqual(new[] { 0.1f, 0.1f, 0.05f, 0.025f }, rates);
        CollectionAssert.AreEqual(rates, LearningRates(schedule));
    }

    [TestMethod]
    public void A_run_follows_a_schedule_by_epochs() =>
        CollectionAssert.AreEqual(new[] { 0.1f, 0.1f, 0.05f, 0.05f }, LearningRates(LearningRateSchedule.Step(0.5, every: 2)));

    [TestMethod]
    public void Numbers_out_of_range_are_refused_with_their_name_and_range()
    {
        foreach (double factor in new[] { 0, -double.Epsilon, Math.BitIncrement(1.0), double.NaN, double.PositiveInfinity })
        {
            Refuses("factor must be above 0, and at most 1.", () => LearningRateSchedule.Step(factor, 1));
            Refuses("factor must be above 0, and at most 1.", () => LearningRateSchedule.ReduceOnPlateau(factor));
            Refuses("decay must be above 0, and at most 1.", () => LearningRateSchedule.Exponential(factor));
        }

        Refuses("every must be 1 or more.", () => LearningRateSchedule.Step(0.5, 0));
        Refuses("every must be 1 or more.", () => LearningRateSchedule.Step(0.5, int.MinValue));
        Refuses("patience must be 1 or more.", () => LearningRateSchedule.ReduceOnPlateau(patience: 0));
        foreach (double number in new[] { -double.Epsilon, double.NaN, double.PositiveInfinity })
        {
            Refuses("minimumImprovement must be 0 or more, and finite.", () => LearningRateSchedule.ReduceOnPlateau(minimumImprovement: number));
            Refuses("power must be 0 or more, and finite.", () => LearningRateSchedule.InverseScaling(number));
        }

        foreach (double fraction in new[] { -double.Epsilon, 1, double.NaN, double.PositiveInfinity })
            Refuses("warmupFraction must be from 0 up to, but not including, 1.", () => LearningRateSchedule.CosineWithWarmup(fraction));
    }

    [TestMethod]
    public void The_ends_of_the_ranges_are_allowed()
    {
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.Step(1, 1), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.Exponential(1), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.InverseScaling(0), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.ReduceOnPlateau(1, 1, 0), Steps - 1));
        Assert.AreEqual(0f, FactorAt(LearningRateSchedule.Step(double.Epsilon, 1), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.Step(0.5, int.MaxValue), Steps - 1));
        Assert.AreEqual(0f, FactorAt(LearningRateSchedule.Exponential(double.Epsilon), Steps - 1));
        Assert.AreEqual(0f, FactorAt(LearningRateSchedule.InverseScaling(double.MaxValue), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.InverseScaling(double.MaxValue), 0));
        Assert.AreEqual(0f, FactorAt(LearningRateSchedule.ReduceOnPlateau(double.Epsilon, 1, double.MaxValue), Steps - 1));
        Assert.AreEqual(1f, FactorAt(LearningRateSchedule.CosineWithWarmup(Math.BitDecrement(1.0)), Steps - 1));
    }

    /// <summary>The learning rates of a run of 4 epochs that starts with 0.1.</summary>
    private static float[] LearningRates(LearningRateSchedule schedule)
    {
        var rows = new SampleRows(30);
        TrainingHistory history = TrainingLoop.Run(Network.Create(5, [4], 3), rows.ToExamples(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = 0.1f },
            LearningRateSchedule = schedule,
            NumberOfEpochs = 4,
            BatchSize = 10,
            NumberOfThreads = 1,
        });
        return [.. history.Epochs.Select(epoch => epoch.LearningRate)];
    }

    private static void AssertReductions(LearningRateSchedule schedule, double[] losses, int reductions) =>
        Assert.AreEqual(Math.Pow(0.1, reductions), Factor(schedule, [.. losses.Select(loss => Epoch(loss, null))], step: 7), 1e-8, string.Join(", ", losses));

    private static float FactorAt(LearningRateSchedule schedule, int step) =>
        Factor(schedule, [.. Enumerable.Range(0, step / StepsPerEpoch).Select(_ => Epoch(1, null))], step);

    private static float Factor(LearningRateSchedule schedule, EpochMetrics[] epochs, int step) =>
        schedule.Factor(new TrainingMoment(step, StepsPerEpoch, Epochs, new EpochLosses(epochs)));

    private static EpochMetrics Epoch(double trainingLoss, double? validationLoss) => new()
    {
        Epoch = 1,
        NumberOfEpochs = Epochs,
        TrainingLoss = trainingLoss,
        ValidationLoss = validationLoss,
        LearningRate = 1,
        IsBest = false,
        Elapsed = TimeSpan.Zero,
    };

    private static void Refuses(string message, Func<object> create) =>
        Assert.Contains(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(create).Message);
}
