namespace Microsoft.ML.SimpleNn;

/// <summary>How the learning rate changes over a run: a factor that the optimizer's rate is multiplied by.</summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The factor is always 1.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor falls from 1 to 0 along half a cosine (Loshchilov and Hutter 2017, SGDR, without restarts).</summary>
    public static LearningRateSchedule Cosine { get; } = new CosineSchedule();

    /// <summary>The factor for a step.</summary>
    /// <param name="progress">How much of the run's steps has been done, from 0 up to 1.</param>
    internal abstract float Factor(double progress);
}
