using System.Globalization;

namespace Microsoft.ML.SimpleNn;

/// <summary>The loss was no longer a finite number before any epoch had given usable weights.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to try.</param>
    internal TrainingDivergedException(string message)
        : base(message)
    {
    }

    internal TrainingDivergedException(int epoch, int batch, double loss, float learningRate)
        : this(batch == 0 ? BeforeTheFirstStep(loss) : string.Create(CultureInfo.InvariantCulture,
            $"Training diverged: the loss was {loss} in epoch {epoch}, minibatch {batch}. " +
            $"Try a smaller learning rate than {learningRate}, keep NormalizeFeatures on, and look for extreme values in the features."))
    {
    }

    internal TrainingDivergedException(int epochs, double? validationLoss)
        : this(FormattableString.Invariant($"No epoch of {epochs} gave usable weights: the validation loss was {validationLoss} after the last. ")
            + "Look for extreme values, or values that are not numbers, in the features of the validation rows.")
    {
    }

    private static string BeforeTheFirstStep(double loss) => FormattableString.Invariant(
        $"The loss was {loss} before the first step, so that no learning rate is to blame: the labels, or the features, are too large for single precision. ") +
        "Leave NormalizeLabel (in the engine, NormalizeTargets) and NormalizeFeatures on, or bring labels and features to a smaller unit.";
}
