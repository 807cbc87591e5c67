namespace Microsoft.ML.SimpleNn;

/// <summary>The loss was no longer a finite number before any epoch had given usable weights.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to try.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    internal TrainingDivergedException(int epoch, int batch, double loss, float learningRate)
        : this(FormattableString.Invariant($"Training diverged: the loss was {loss} in epoch {epoch}, minibatch {batch}. ")
            + FormattableString.Invariant($"Try a smaller learning rate than {learningRate}, keep NormalizeFeatures on, and look for extreme values in the features."))
    {
    }

    internal TrainingDivergedException(int epochs, double? validationLoss)
        : this(FormattableString.Invariant($"No epoch of {epochs} gave usable weights: the validation loss was {validationLoss} after the last. ")
            + "Look for extreme values, or values that are not numbers, in the features of the validation rows.")
    {
    }
}
