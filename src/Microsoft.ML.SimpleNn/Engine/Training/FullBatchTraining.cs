namespace Microsoft.ML.SimpleNn;

/// <summary>Trains by a method that needs the loss of all rows for a step: an epoch is one of its iterations.</summary>
internal static class FullBatchTraining
{
    /// <summary>Trains until the method has converged, or the run ends for another reason.</summary>
    public static void Train(TrainingRun run, IFullBatchMethod method)
    {
        try
        {
            using var objective = run.CreateObjective();
            LbfgsSearch search = method.Search(objective, objective.Parameters);
            if (run.Stopping.HasDiverged(search.Value, run.Place)) return;
            run.BeginOrGoOn(search.Transfer);
            while (run.BeginEpoch(search.HasConverged))
            {
                search.Iterate();
                double loss = objective.Accept(search.X, search.Value);
                run.EndEpoch(loss, (float)search.Step, batch: 1, isLast: search.HasConverged || run.Place.Epoch == run.Options.NumberOfEpochs);
            }
        }
        catch (OperationCanceledException) when (run.Options.CancellationToken.IsCancellationRequested)
        {
            run.Stopping.Cancel(); // in the middle of an iteration, which is not kept
        }
    }
}
