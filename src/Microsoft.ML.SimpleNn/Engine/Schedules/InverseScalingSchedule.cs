namespace Microsoft.ML.SimpleNn;

/// <summary>The factor of step t, counted from 1, is 1 / t^power.</summary>
internal sealed class InverseScalingSchedule(double power) : LearningRateSchedule
{
    internal override float Factor(TrainingMoment moment) => (float)(1 / Kernels.ScalarMath.Power((double)(moment.Step + 1), power));
}
