namespace Microsoft.ML.SimpleNn;

/// <summary>The factor is always 1.</summary>
internal sealed class ConstantSchedule : LearningRateSchedule
{
    internal override float Factor(TrainingMoment moment) => 1;
}
