namespace Microsoft.ML.SimpleNn;

/// <summary>The factor rises along a line over the first part of the run, and falls from 1 to 0 along half a cosine over the rest.</summary>
internal sealed class CosineSchedule(double warmupFraction) : LearningRateSchedule
{
    internal override float Factor(TrainingMoment moment)
    {
        double warmupSteps = warmupFraction * moment.TotalSteps;
        if (moment.Step < warmupSteps) return (float)Math.Min(1, (moment.Step + 1) / warmupSteps);
        return (float)((1 + Kernels.ScalarMath.CosinePi((moment.Step - warmupSteps) / (moment.TotalSteps - warmupSteps))) / 2);
    }
}
