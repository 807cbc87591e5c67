using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Holds out the rows that are not trained on but measured after each epoch, for early stopping.</summary>
internal static class HoldOut
{
    /// <summary>Splits the rows; the validation rows are null when there would be too few to measure anything by.</summary>
    /// <param name="examples">The rows. Where they are read anew in each epoch, each row is held out by chance, so that fractions are approximate.</param>
    /// <param name="byClass">Whether the targets are classes, of which each gives its fraction, rounded up at most, and keeps a row or more for training.</param>
    /// <param name="fraction">The fraction of the rows to hold out.</param>
    /// <param name="seed">Decides which rows.</param>
    public static (ExampleSource Training, ExampleSource? Validation) Split(ExampleSource examples, bool byClass, double fraction, int seed)
    {
        if (fraction * examples.RowCount < SimpleNnDefaults.SmallestHoldOut)
            return (examples, null);
        (ExampleSource training, ExampleSource validation) = examples.Split(fraction, seed, byClass);
        return validation.RowCount < SimpleNnDefaults.SmallestHoldOut ? (examples, null) : (training, validation);
    }
}
