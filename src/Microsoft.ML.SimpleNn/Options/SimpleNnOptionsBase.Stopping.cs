using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <content>By which rows a training is judged, and what ends it.</content>
public abstract partial class SimpleNnOptionsBase
{
    /// <summary>Whether the training ends when the loss on validation rows has stopped improving, with the weights that were best.</summary>
    /// <remarks>
    /// The weights are those of the best epoch, with the default schedule those of the cycle's end with the lowest loss. The validation rows are those given to
    /// Fit, otherwise a fraction of the
    /// training rows. With false, and no validation rows given, all rows are trained on for all epochs.
    /// </remarks>
    /// <value>Default: true.</value>
    public bool EarlyStopping = true;

    /// <summary>The fraction of the training rows that early stopping holds out as validation rows, where none are given.</summary>
    /// <remarks>
    /// Of each class alike, and at least one row of each class remains for training. When that would be fewer than 10 rows, none are held out and all epochs
    /// are run. Of fewer than 2,500 rows
    /// null is five folds, each held out in turn, or, with an optimizer of the standard parametrization, none of fewer than 1,000.
    /// </remarks>
    /// <value>Range: above 0 and below 1. Default: null, a tenth, but at most 2,000 rows.</value>
    public double? ValidationFraction;

    /// <summary>Whether, once the held-out rows have told how long to train, the network is trained anew on all rows for so long.</summary>
    /// <remarks>
    /// It takes up to twice the time. Null is yes where 5 % of the rows or more were held out, with the default optimizer and no <see cref="TimeBudget"/>, and
    /// neither a
    /// model that is trained further nor <see cref="KeepOptimizerState"/>. Of fewer than 2,500 rows five folds tell how long. Validation rows that are given to
    /// Fit are never trained on.
    /// </remarks>
    /// <value>Default: null, where it pays.</value>
    public bool? RefitOnAllRows;

    /// <summary>
    /// The number of epochs without a new lowest validation loss after which early stopping ends the training; a schedule of cycles ends it at the first cycle
    /// without one.
    /// </summary>
    /// <value>Range: 1 epoch or more. Default: 10.</value>
    public int Patience = OptionConstraints.Patience.Default;

    /// <summary>How much lower than the lowest so far a validation loss must be to count as an improvement, in the unit of the loss.</summary>
    /// <value>Range: a finite number, 0 or more. Default: 0.</value>
    public double MinimumImprovement;

    /// <summary>How long the training may take, reading the data not included; measured after each minibatch.</summary>
    /// <remarks>
    /// The model then has the best weights so far, and where not even the first epoch has ended those that were reached. The learning rate falls as if all
    /// epochs were run, so prefer a
    /// smaller <see cref="NumberOfEpochs"/> where you can; and the model depends on the speed of the machine. The networks of an ensemble share the time
    /// evenly.
    /// </remarks>
    /// <value>Range: above zero. Default: null, as long as it takes.</value>
    public TimeSpan? TimeBudget;

    /// <summary>Told the metrics of each epoch, on the training thread, before the next epoch begins.</summary>
    /// <remarks>
    /// <see cref="EpochMetrics.Stop"/> ends the training with the best weights so far. <see cref="Progress{T}"/> passes the metrics on to another thread, and
    /// is told a little later.
    /// </remarks>
    /// <value>Default: null, nobody.</value>
    public IProgress<EpochMetrics>? Progress;

    /// <summary>Ends the training early, with the best weights so far.</summary>
    /// <remarks>
    /// Before the end of the first epoch there are none, and Fit throws an <see cref="OperationCanceledException"/>, as it does while it reads the data. Of an
    /// ensemble the
    /// networks that have ended an epoch are kept.
    /// </remarks>
    /// <value>Default: none.</value>
    public CancellationToken CancellationToken;
}
