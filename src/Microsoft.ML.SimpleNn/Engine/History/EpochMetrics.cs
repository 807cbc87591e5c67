namespace Microsoft.ML.SimpleNn;

/// <summary>What one epoch of training gave: the losses, the accuracy, and how far the run has come.</summary>
public sealed record EpochMetrics
{
    /// <summary>Which network of an ensemble the epoch trained, counted from 1.</summary>
    public int EnsembleMember { get; init; } = 1;

    /// <summary>What the epoch's run is for.</summary>
    public TrainingPhase Phase { get; init; }

    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The most epochs that the run may take; early stopping can end it sooner.</summary>
    public required int NumberOfEpochs { get; init; }

    /// <summary>
    /// The mean loss over the training rows, each measured when its minibatch was visited, with dropout if there is any; where a time budget ended the
    /// first epoch, over the rows visited. Where targets are standardised, it is the loss of standardised targets. Penalties on the weights are not
    /// part of it, so that it can be compared with the validation loss and with an evaluator's; scikit-learn's loss_curve_ contains them.
    /// </summary>
    public required double TrainingLoss { get; init; }

    /// <summary>
    /// The mean loss over the validation rows at the end of the epoch, after the best temperature where the training calibrates; null where there are none.
    /// </summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The fraction of validation rows, 0 to 1, whose class is predicted right; null without validation rows or classes.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The learning rate of the epoch's last minibatch; for L-BFGS the length of its step, 1 for all of its direction.</summary>
    public required float LearningRate { get; init; }

    /// <summary>True when this epoch's weights are the best so far, the ones that would be restored if the run ended here.</summary>
    public required bool IsBest { get; init; }

    /// <summary>The time since the training began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The inverse of the temperature after which <see cref="ValidationLoss"/> was measured.</summary>
    internal double Factor { get; init; } = 1;

    /// <summary>What <see cref="Stop"/> tells the training by.</summary>
    internal StopSignal StopSignal { get; init; } = new();

    /// <summary>
    /// Asks the training to end; the best weights so far, this epoch's among them, are kept, and <see cref="TrainingHistory.StopReason"/> is
    /// <see cref="StopReason.StopRequested"/>. Called from within <see cref="IProgress{T}.Report"/>, no other epoch begins. From another thread,
    /// where <see cref="Progress{T}"/> calls its handler, the training ends after the minibatch that it is at. Has no effect on a training that has ended.
    /// </summary>
    public void Stop() => StopSignal.Request();
}
