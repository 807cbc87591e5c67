namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The rounds of successive halving (K. Jamieson, A. Talwalkar 2016, Non-stochastic Best Arm Identification and Hyperparameter Optimization), as a bracket of
/// Hyperband has them (L. Li et al. 2018): from round to round a third of the configurations, for three times as many epochs.
/// </summary>
/// <param name="Configurations">How many configurations each round trains.</param>
/// <param name="Epochs">For how many epochs; of the last round all.</param>
internal sealed record HalvingPlan(int[] Configurations, int[] Epochs)
{
    private const int Factor = 3;

    /// <summary>After fewer epochs than this the losses say little about the end.</summary>
    private const int FewestEpochs = 3;

    public int Rounds => Epochs.Length;

    /// <summary>What the rounds cost, in trainings of all epochs.</summary>
    public double Trainings => Configurations.Zip(Epochs, (configurations, epochs) => (double)configurations * epochs / Epochs[^1]).Sum();

    /// <summary>How many of some configurations go on to the next round.</summary>
    public static int GoingOn(int configurations) => Math.Max(1, configurations / Factor);

    /// <summary>The rounds for so many configurations.</summary>
    /// <param name="configurations">The configurations, 1 or more.</param>
    /// <param name="epochs">The epochs of the last round.</param>
    public static HalvingPlan For(int configurations, int epochs)
    {
        int rounds = 1;
        for (int power = Factor; configurations / power >= 1 && epochs / power >= FewestEpochs; power *= Factor)
            rounds++;
        int[] powers = [.. Enumerable.Range(0, rounds).Select(round => (int)Math.Pow(Factor, round))];
        return new([.. powers.Select(power => configurations / power)], [.. powers.Reverse().Select(power => (epochs + power - 1) / power)]);
    }

    /// <summary>The rounds for as many configurations as some trainings' time suffices for; null where it is not enough for one.</summary>
    /// <param name="trainings">The time, in trainings of all epochs.</param>
    /// <param name="most">The most configurations.</param>
    /// <param name="epochs">The epochs of the last round.</param>
    public static HalvingPlan? Within(double trainings, int most, int epochs) =>
        Enumerable.Range(1, most).Reverse().Select(configurations => For(configurations, epochs)).FirstOrDefault(plan => plan.Trainings <= trainings);
}
