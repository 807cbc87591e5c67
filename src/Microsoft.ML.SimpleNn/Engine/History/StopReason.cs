namespace Microsoft.ML.SimpleNn;

/// <summary>Why a training run ended. The values are part of saved models: never renumber them.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation loss had not improved for the given patience; the best weights were restored.</summary>
    EarlyStopping,

    /// <summary>The caller cancelled; the best weights so far were restored.</summary>
    Cancelled,

    /// <summary>The loss, or a weight after an epoch, was no longer a finite number; the best weights before that were restored.</summary>
    Diverged,

    /// <summary>The time budget was used up; the best weights so far were restored.</summary>
    TimeBudget,

    /// <summary>The listener of the progress called <see cref="EpochMetrics.Stop"/>; the best weights so far were restored.</summary>
    StopRequested,

    /// <summary>L-BFGS found no lower loss, to its tolerances; the weights are the last ones, or the best where validation rows judged them.</summary>
    Converged,
}
