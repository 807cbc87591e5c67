namespace Microsoft.ML.SimpleNn;

/// <summary>The factor falls from 1 to 0 along half a cosine.</summary>
internal sealed class CosineSchedule : LearningRateSchedule
{
    internal override float Factor(double progress) => (float)((1 + Kernels.ScalarMath.CosinePi(progress)) / 2);
}
