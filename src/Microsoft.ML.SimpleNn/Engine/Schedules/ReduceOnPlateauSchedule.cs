namespace Microsoft.ML.SimpleNn;

/// <summary>The factor is multiplied by a number each time the loss has not improved for so many epochs.</summary>
internal sealed class ReduceOnPlateauSchedule(double factor, int patience, double minimumImprovement) : LearningRateSchedule
{
    /// <summary>Goes through the losses of the run from the start: they are few, and so there is nothing to remember between steps.</summary>
    internal override float Factor(TrainingMoment moment)
    {
        double lowest = double.PositiveInfinity;
        int epochsSince = 0, reductions = 0;
        for (int i = 0; i < moment.Losses.Count; i++)
        {
            double loss = moment.Losses[i];
            epochsSince = loss < lowest - minimumImprovement ? 0 : epochsSince + 1;
            if (epochsSince == 0) lowest = loss;
            if (epochsSince < patience) continue;
            reductions++;
            epochsSince = 0;
        }

        return (float)Kernels.ScalarMath.Power(factor, reductions);
    }
}
