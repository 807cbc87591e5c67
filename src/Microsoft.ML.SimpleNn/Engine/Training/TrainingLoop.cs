namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Trains a network: the page to read first. Each epoch visits all rows once, in a new order, a minibatch at a time; each minibatch goes
/// forward through the layers, the loss says how wrong the outputs are, the gradient goes backward, and the optimizer takes a step.
/// </summary>
public static class TrainingLoop
{
    /// <summary>Trains <paramref name="network"/>, in place.</summary>
    /// <param name="network">
    /// The network; its weights are drawn anew unless the options say to go on from them. A run that ends with an exception leaves them as the
    /// last step made them.
    /// </param>
    /// <param name="training">The rows to learn from, 1 or more.</param>
    /// <param name="validation">Rows to judge by, for early stopping; null for none.</param>
    /// <param name="options">What to do, and for how long.</param>
    /// <returns>The course of the run. The same data, options and seed give the same bits on any number of threads.</returns>
    /// <exception cref="ArgumentException">
    /// There is no row, the data do not fit the network, the optimizer's state fits neither it nor the optimizer, or an option does not go with L-BFGS.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint that the run would go on from has other contents than were written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled before the first epoch had ended.</exception>
    /// <exception cref="TrainingDivergedException">The loss was not a finite number before the first epoch had ended.</exception>
    public static TrainingHistory Run(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options)
    {
        var rows = NetworkPreparation.Prepare(network, training, validation, options); // checks, what the stages do, the first weights
        if (options.Checkpoint?.Recall(network, options) is { } finished) return finished.End(network);
        using var run = new TrainingRun(network, rows, options);
        try
        {
            if (options.Optimizer is IFullBatchMethod method) FullBatchTraining.Train(run, method);
            else Train(run);
        }
        catch (OperationCanceledException) when (run.IsCancelledWithWeights)
        {
            run.Stopping.Cancel(); // while rows were read
        }
        catch
        {
            run.Abandon();
            throw;
        }

        return run.End();
    }

    private static void Train(TrainingRun run)
    {
        (Network network, Workspace workspace) = (run.Network, run.Workspace);
        using Minibatches minibatches = run.BeginMinibatches();
        while (run.BeginEpoch(minibatches))
        {
            while (run.Stopping.Reason == null && minibatches.Next(workspace))
            {
                run.Step.Begin(workspace);
                network.Forward(workspace, run.Step.Dropout, run.Place.Step);
                double loss = run.Loss.Evaluate(workspace);
                if (run.Stopping.HasDiverged(loss, run.Place)) break;
                float learningRateFactor = run.LearningRateFactor(minibatches.Count);
                run.Step.BackwardAndUpdate(workspace, learningRateFactor);
                run.EndMinibatch(loss, learningRateFactor);
            }

            run.EndEpoch();
        }
    }
}
