using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// How the learning rate changes over a run: a factor that the optimizer's rate is multiplied by. A schedule is a set of constants, and may
/// serve many runs. L-BFGS chooses the length of its steps itself, and takes no notice of a schedule.
/// </summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The factor is always 1.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor falls from 1 to 0 along half a cosine (Loshchilov and Hutter 2017, SGDR, without restarts).</summary>
    public static LearningRateSchedule Cosine { get; } = new CosineSchedule(warmupFraction: 0);

    /// <summary>
    /// The factor rises to 1 along a line over the first steps, and then falls to 0 along half a cosine. With N steps in the run, W =
    /// warmupFraction N: the step after t others has the factor (t + 1) / W while t is below W, and (1 + cos(pi (t - W) / (N - W))) / 2 from then on.
    /// </summary>
    /// <param name="warmupFraction">The fraction of the run's steps that it rises for. Range: 0 up to, but not including, 1; 0 is <see cref="Cosine"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    public static LearningRateSchedule CosineWithWarmup(double warmupFraction = 0.05)
    {
        if (warmupFraction is not (>= 0 and < 1)) throw OutOfRange(warmupFraction, "must be from 0 up to, but not including, 1");
        return new CosineSchedule(warmupFraction);
    }

    /// <summary>
    /// The factor is multiplied by <paramref name="factor"/> after every so many epochs: factor^k, where k is epochs ended / every, rounded down.
    /// </summary>
    /// <param name="factor">Range: above 0, and at most 1.</param>
    /// <param name="every">The epochs from one reduction to the next. Range: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static LearningRateSchedule Step(double factor, int every) => new StepSchedule(CheckReduction(factor), CheckEpochs(every));

    /// <summary>The factor is multiplied by <paramref name="decay"/> after every epoch: decay^(epochs ended).</summary>
    /// <param name="decay">Range: above 0, and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of range.</exception>
    public static LearningRateSchedule Exponential(double decay) => new StepSchedule(CheckReduction(decay), every: 1);

    /// <summary>
    /// The factor of step t is 1 / t^power, with t = 1 for the first minibatch of the run. The formula is that of scikit-learn's
    /// learning_rate="invscaling" (power_t); there t counts the rows seen, brought up to date after each epoch, here the steps, after each one.
    /// </summary>
    /// <param name="power">Range: 0 or more, and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The power is out of range.</exception>
    public static LearningRateSchedule InverseScaling(double power = 0.5)
    {
        if (!(power >= 0 && double.IsFinite(power))) throw OutOfRange(power, "must be 0 or more, and finite");
        return new InverseScalingSchedule(power);
    }

    /// <summary>
    /// The factor is multiplied by <paramref name="factor"/> whenever the loss has not improved for <paramref name="patience"/> epochs, which are then counted
    /// anew. The loss is that of the validation rows, or of the training rows where there are none. For this to have an effect
    /// with early stopping, its patience must be the longer one.
    /// </summary>
    /// <param name="factor">Range: above 0, and at most 1.</param>
    /// <param name="patience">The epochs without improvement before a reduction. Range: 1 or more.</param>
    /// <param name="minimumImprovement">How much lower than the lowest so far a loss must be to count as an improvement. Range: 0 or more, and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static LearningRateSchedule ReduceOnPlateau(double factor = 0.1, int patience = 5, double minimumImprovement = 0)
    {
        if (!(minimumImprovement >= 0 && double.IsFinite(minimumImprovement))) throw OutOfRange(minimumImprovement, "must be 0 or more, and finite");
        return new ReduceOnPlateauSchedule(CheckReduction(factor), CheckEpochs(patience), minimumImprovement);
    }

    /// <summary>
    /// The factor rises from 0 to 1 and falls to 0 again in cycles, each twice as long as the one before (Loshchilov and Hutter 2017, SGDR, warm restarts;
    /// with the rise
    /// of D. Holzmueller et al. 2024, Better by Default): (1 - cos(2 pi log2(1 + e / firstCycle))) / 2 after e epochs. Cycles end after 1, 3, 7, 15 ... times
    /// <paramref name="firstCycle"/> epochs, where the rate is 0 and the weights are at rest: early stopping looks at the validation loss there, keeps the
    /// best, and ends the run at the first that is not better.
    /// </summary>
    /// <param name="firstCycle">The epochs of the first cycle. Range: above 0, and finite. Cycles end at whole epochs where it is a whole number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static LearningRateSchedule WarmRestarts(double firstCycle = 4)
    {
        if (!(firstCycle > 0 && double.IsFinite(firstCycle))) throw OutOfRange(firstCycle, "must be above 0, and finite");
        return new WarmRestartSchedule(firstCycle);
    }

    /// <summary>Whether early stopping looks at the weights after an epoch. Each time but for schedules of cycles: only at the end of one.</summary>
    /// <param name="epoch">The epoch that has ended, counted from 1.</param>
    internal virtual bool IsAtRest(int epoch) => true;

    /// <summary>Whether the rate goes up again and again.</summary>
    internal virtual bool HasCycles => false;

    /// <summary>The factor for the step that comes next.</summary>
    internal abstract float Factor(TrainingMoment moment);

    private static double CheckReduction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and <= 1 ? value : throw OutOfRange(value, "must be above 0, and at most 1", name);

    private static int CheckEpochs(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 1 ? value : throw OutOfRange(value, "must be 1 or more", name);

    private static ArgumentOutOfRangeException OutOfRange<T>(T value, string range, [CallerArgumentExpression(nameof(value))] string name = "") =>
        new(name, value, $"{name} {range}.");
}
