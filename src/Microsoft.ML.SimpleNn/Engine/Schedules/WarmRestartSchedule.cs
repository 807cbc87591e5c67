using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>The factor goes up and down in cycles, each twice as long as the one before.</summary>
internal sealed class WarmRestartSchedule(double firstCycle) : LearningRateSchedule
{
    private const double Ln2 = 0.6931471805599453;

    internal override bool HasCycles => true;

    internal override float Factor(TrainingMoment moment)
    {
        // In the middle of the step, so that no step has the factor 0.
        double cycles = Cycles((moment.Step + 0.5) / moment.StepsPerEpoch), phase = 2 * (cycles - Math.Floor(cycles));
        return (float)((1 - ScalarMath.CosinePi(phase > 1 ? 2 - phase : phase)) / 2);
    }

    /// <summary>An epoch in which a cycle ends, or the one before where that is in the middle of it.</summary>
    internal override bool IsAtRest(int epoch) => Math.Floor(Cycles(epoch + Rounding)) > Math.Floor(Cycles(epoch - 1 + Rounding));

    private const double Rounding = 1e-6;

    private double Cycles(double epochs) => ScalarMath.Log(1 + epochs / firstCycle) / Ln2;
}
