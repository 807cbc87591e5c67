namespace Microsoft.ML.SimpleNn;

/// <summary>Where a run stands before a step: all that a schedule may depend on. A schedule itself remembers nothing, and may serve many runs.</summary>
/// <param name="Step">The steps of this run that have been taken.</param>
/// <param name="StepsPerEpoch">The steps of an epoch, 1 or more.</param>
/// <param name="NumberOfEpochs">The most epochs that the run may take, 1 or more.</param>
/// <param name="Losses">The loss of each epoch of this run that has ended: of the validation rows where there are any, else of the training rows.</param>
internal readonly record struct TrainingMoment(long Step, int StepsPerEpoch, int NumberOfEpochs, IReadOnlyList<double> Losses)
{
    /// <summary>The most steps that the run may take.</summary>
    public double TotalSteps => (double)StepsPerEpoch * NumberOfEpochs;
}
