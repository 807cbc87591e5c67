namespace Microsoft.ML.SimpleNn;

/// <summary>Why a training run ended.</summary>
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

    /// <summary>L-BFGS found no lower loss, to its tolerances; the weights are the last ones, or the best where validation rows judged them.</summary>
    Converged,
}
