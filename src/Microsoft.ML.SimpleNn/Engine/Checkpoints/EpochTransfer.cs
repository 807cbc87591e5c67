namespace Microsoft.ML.SimpleNn;

/// <summary>Puts the metrics of a run's epochs into a checkpoint, or takes them from there.</summary>
internal static class EpochTransfer
{
    private const int BytesOfEpoch = (3 * sizeof(int)) + (4 * sizeof(double)) + sizeof(float) + sizeof(long);

    /// <summary>Writes the epochs, or reads them in place of those that the list has.</summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="epochs">The epochs.</param>
    /// <param name="options">Those of the run: what the epochs have from there is not in the file.</param>
    public static void Transfer(StateTransfer state, List<EpochMetrics> epochs, TrainingOptions options)
    {
        int count = state.Count(epochs.Count, BytesOfEpoch, "epochs");
        for (int i = 0; i < count; i++)
        {
            EpochMetrics epoch = Transfer(state, state.IsReading ? null : epochs[i], options, i + 1);
            if (state.IsReading) epochs.Add(epoch);
        }
    }

    private static EpochMetrics Transfer(StateTransfer state, EpochMetrics? epoch, TrainingOptions options, int number)
    {
        double training = epoch?.TrainingLoss ?? 0, factor = epoch?.Factor ?? 1;
        double validation = epoch?.ValidationLoss ?? 0, accuracy = epoch?.ValidationAccuracy ?? 0;
        bool hasValidation = epoch?.ValidationLoss != null, hasAccuracy = epoch?.ValidationAccuracy != null, isBest = epoch?.IsBest ?? false;
        float learningRate = epoch?.LearningRate ?? 0;
        long elapsed = epoch?.Elapsed.Ticks ?? 0;
        state.Value(ref training);
        state.Flag(ref hasValidation);
        state.Value(ref validation);
        state.Flag(ref hasAccuracy);
        state.Value(ref accuracy);
        state.Value(ref factor);
        state.Value(ref learningRate);
        state.Flag(ref isBest);
        state.Time(ref elapsed);
        return epoch ?? new EpochMetrics
        {
            EnsembleMember = options.EnsembleMember,
            Phase = options.Phase,
            Factor = factor,
            Epoch = number,
            NumberOfEpochs = options.NumberOfEpochs,
            TrainingLoss = training,
            ValidationLoss = hasValidation ? validation : null,
            ValidationAccuracy = hasAccuracy ? accuracy : null,
            LearningRate = learningRate,
            IsBest = isBest,
            Elapsed = new TimeSpan(elapsed),
        };
    }
}
