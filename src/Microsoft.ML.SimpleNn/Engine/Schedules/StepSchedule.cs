namespace Microsoft.ML.SimpleNn;

/// <summary>The factor is multiplied by a number each time so many epochs have ended.</summary>
internal sealed class StepSchedule(double factor, int every) : LearningRateSchedule
{
    internal override float Factor(TrainingMoment moment) => (float)Kernels.ScalarMath.Power(factor, moment.Losses.Count / every);
}
