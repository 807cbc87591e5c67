using Microsoft.ML.Trainers.SimpleNn;
using Options = Microsoft.ML.Trainers.SimpleNn.SimpleNnRegressionTrainer.Options;

namespace Microsoft.ML.SimpleNn.Tests.Tuning;

/// <summary>The search, with trainings whose losses are made up.</summary>
[TestClass]
public sealed class SimpleNnTunerTests
{
    private const int Epochs = 60;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>The loss is a function of the learning rate alone, so that the order is the same in all rounds.</summary>
    [TestMethod]
    public void The_better_third_of_each_round_goes_on_and_the_best_of_the_last_is_the_result()
    {
        TuningResult<Options> result = Search(new(), new() { Seed = 1 }, Rate);

        TuningTrial<Options>[][] rounds = [.. Enumerable.Range(0, 4).Select(round => result.Trials.Where(trial => trial.Round == round).ToArray())];
        CollectionAssert.AreEqual(new[] { 1, 27, 9, 3 }, Array.ConvertAll(rounds, round => round.Length));
        CollectionAssert.AreEqual(new[] { 60, 7, 20, 60 }, Array.ConvertAll(rounds, round => round[0].NumberOfEpochs));
        for (int round = 2; round < 4; round++)
            CollectionAssert.AreEqual(Best(rounds[round - 1], rounds[round].Length), rounds[round].Select(trial => trial.Configuration).ToArray());
        Assert.AreEqual(result.Trials.Min(trial => Rate(trial.Options)), Rate(result.Options));
        Assert.AreSame(result.Best.Options, result.Options);

        static int[] Best(TuningTrial<Options>[] trials, int count) =>
            [.. trials.OrderBy(trial => Rate(trial.Options)).Take(count).Select(trial => trial.Configuration)];
    }

    [TestMethod]
    public void The_options_given_are_the_result_where_nothing_is_better()
    {
        var given = new Options();

        TuningResult<Options> result = Search(given, new() { Seed = 1 }, options => ReferenceEquals(options.Optimizer, given.Optimizer) ? 0 : 1);

        Assert.AreEqual(0, result.Best.Configuration);
        Assert.AreSame(result.Given, result.Best);
        Assert.AreEqual("the options given", result.Best.Description);
    }

    [TestMethod]
    public void A_trial_is_one_network_judged_by_the_rows_of_the_search_and_the_result_is_as_the_user_would_have_it()
    {
        var given = new Options { EnsembleSize = 5, CheckpointPath = "no.checkpoint", KeepOptimizerState = true, Seed = 7, RefitOnAllRows = true };
        List<Options> trials = [];

        TuningResult<Options> result = Search(given, new() { NumberOfConfigurations = 3, ValidationFraction = 0.3 }, options =>
        {
            trials.Add(options);
            return Rate(options);
        });

        Assert.HasCount(5, trials);
        foreach (Options trial in trials)
            Assert.AreEqual((1, null, false, 7, false, 0.3), (trial.EnsembleSize, trial.CheckpointPath, trial.KeepOptimizerState, trial.Seed, trial.RefitOnAllRows, trial.ValidationFraction));
        Assert.IsGreaterThan(0, result.Best.Configuration);
        Assert.AreEqual((5, "no.checkpoint", true, 7, true, null, null), (result.Options.EnsembleSize, result.Options.CheckpointPath, result.Options.KeepOptimizerState,
            result.Options.Seed, result.Options.RefitOnAllRows, result.Options.ValidationFraction, result.Options.NumberOfEpochs));
    }

    [TestMethod]
    public void Options_with_which_a_training_diverges_are_last_and_those_given_are_an_error()
    {
        TuningResult<Options> result = Search(new(), new() { Seed = 1 }, options => Rate(options) > 0.04f ? throw new TrainingDivergedException("too fast") : -Rate(options));

        Assert.Contains(trial => double.IsPositiveInfinity(trial.ValidationLoss), result.Trials);
        Assert.DoesNotContain(trial => double.IsPositiveInfinity(trial.ValidationLoss) && trial.IsLastRound, result.Trials);
        Assert.AreEqual(result.Trials.Where(trial => Rate(trial.Options) <= 0.04f).Max(trial => Rate(trial.Options)), Rate(result.Options));
        Assert.ThrowsExactly<TrainingDivergedException>(() => Search(new(), new(), _ => throw new TrainingDivergedException("too fast")));
    }

    [TestMethod]
    public void A_search_that_is_cancelled_gives_what_it_has()
    {
        using var source = new CancellationTokenSource();
        int heard = 0;
        var progress = new TrialListener<TuningTrial<Options>>(_ =>
        {
            if (++heard == 6)
                source.Cancel();
        });

        TuningResult<Options> result = Search(new() { CancellationToken = source.Token }, new() { Seed = 1, Progress = progress }, Rate);

        Assert.HasCount(6, result.Trials);
        Assert.AreEqual(0, result.Best.Configuration, "no other was trained for all epochs");
    }

    [TestMethod]
    public void Where_there_is_no_time_for_more_the_options_given_are_trained() =>
        Assert.HasCount(1, Search(new(), new() { TimeBudget = TimeSpan.FromTicks(1) }, Rate).Trials);

    [TestMethod]
    public void With_time_alone_searches_follow_one_another_until_it_ends()
    {
        TuningResult<Options> result = Search(new(), new() { TimeBudget = TimeSpan.FromSeconds(0.3), Seed = 1 }, options =>
        {
            Thread.Sleep(1);
            return Rate(options);
        });

        Assert.IsGreaterThan(2, result.Trials.Count(trial => trial.IsLastRound));
        CollectionAssert.AllItemsAreUnique(result.Trials.Where(trial => trial.Round == 1).Select(trial => trial.Configuration).ToArray());
        Assert.AreEqual(result.Trials.Where(trial => trial.IsLastRound).Min(trial => trial.ValidationLoss), result.Best.ValidationLoss);
    }

    /// <summary>27 trials of 20 ms do not fit into the third of 0.3 s that the first round has.</summary>
    [TestMethod]
    public void A_round_that_takes_too_long_goes_on_with_what_it_has()
    {
        TuningResult<Options> result = Search(new(), new() { NumberOfConfigurations = 27, TimeBudget = TimeSpan.FromSeconds(0.3), Seed = 1 }, options =>
        {
            Thread.Sleep(20);
            return Rate(options);
        });

        TuningTrial<Options>[][] rounds = [.. Enumerable.Range(0, 4).Select(round => result.Trials.Where(trial => trial.Round == round).ToArray())];
        Assert.IsLessThan(27, rounds[1].Length);
        Assert.IsLessThanOrEqualTo(Math.Max(1, rounds[1].Length / 3), rounds[2].Length);
        Assert.AreEqual(rounds[1].Min(trial => trial.ValidationLoss), rounds[2][0].ValidationLoss);
    }

    [TestMethod]
    public void What_cannot_be_searched_is_refused_before_anything_is_trained()
    {
        Assert.Contains("EarlyStopping is false: it must be true", Refusal(new() { EarlyStopping = false }));
        Assert.Contains("TimeBudget of the options is 00:00:01: it must be null", Refusal(new() { TimeBudget = TimeSpan.FromSeconds(1) }));
        Assert.Contains("The search space changes Loss", Refusal(new(), Space().AddChoice("Loss", [Loss.AbsoluteError], (o, loss) => o.Loss = loss)));
        Assert.Contains("(Dropout 2): Dropout is 2: it must be 0 or more and below 1", Refusal(new(), Space().AddChoice("Dropout", [2f], (o, value) => o.Dropout = value)));
        Assert.Contains("Dropout is -1", Refusal(new() { Dropout = -1 }));

        static TuningSpace<Options> Space() => new();

        string Refusal(Options options, TuningSpace<Options>? space = null) => Assert.Throws<ArgumentException>(() =>
            Search(options, new() { Space = space }, _ => throw new InvalidOperationException("It was trained."))).Message;
    }

    [TestMethod]
    public void A_table_has_the_trials_of_all_epochs_first()
    {
        string[] lines = Search(new(), new() { Seed = 1, NumberOfConfigurations = 9 }, Rate).ToString().Split(Environment.NewLine);

        Assert.HasCount(1 + 1 + 9 + 3 + 1, lines);
        Assert.Contains("validation loss", lines[0]);
        Assert.Contains("LearningRate 0.0", lines[1]);
        Assert.Contains("the options given", lines[2]);
    }

    private static double Rate(Options options) => options.Optimizer.LearningRate;

    private TuningResult<Options> Search(Options options, TuningSettings<Options> settings, Func<Options, double> loss) =>
        SimpleNnTuner<Options>.Run(_ml, options, settings, trial => History(loss(trial), trial.NumberOfEpochs ?? Epochs));

    private static TrainingHistory History(double loss, int epochs)
    {
        var epoch = new EpochMetrics { Epoch = 1, NumberOfEpochs = epochs, TrainingLoss = loss, ValidationLoss = loss, LearningRate = 1, IsBest = true, Elapsed = TimeSpan.Zero };
        return new([epoch], bestEpoch: 1, StopReason.Completed);
    }
}
