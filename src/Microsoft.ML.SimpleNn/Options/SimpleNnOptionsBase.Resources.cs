using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <content>What a training may use, and what it leaves behind to be gone on from.</content>
public abstract partial class SimpleNnOptionsBase
{
    /// <summary>Decides every random choice: initial weights, order of the rows, held-out rows.</summary>
    /// <remarks>The same data, options and seed give the same model, bit by bit, on any number of threads.</remarks>
    /// <value>Default: null, drawn from the seed of the MLContext.</value>
    public int? Seed;

    /// <summary>The number of threads that train.</summary>
    /// <value>Range: 1 to 1024 threads. Default: null, one for each logical processor.</value>
    public int? NumberOfThreads;

    /// <summary>The memory for the rows, in bytes: rows that do not fit are read anew from the data in each epoch.</summary>
    /// <remarks>
    /// <para>
    /// Rows that fit, with the room that it takes to gather them, are kept in memory. Others are read in each epoch, and twice before the first: a pool of them
    /// is shuffled and trained on while
    /// the next is read, so that the memory stays the same however many rows there are. Each pool takes a quarter of this, or 4 MiB where that is more, and
    /// holds a minibatch at least; so does
    /// the sample of rows by which the features are judged; validation rows are kept where they take no more than a quarter.
    /// </para>
    /// <para>
    /// The data must then be the same each time that it is read. Rows are shuffled within a pool only, so data sorted by class or by place should be mixed
    /// before, and a warning says so where the
    /// label shows it; and they come in another order than from memory, so that the weights differ. The rows held out for validation are chosen by a hash of
    /// their place in the data, of each
    /// class about alike. The memory of the network and of the pipeline is not part of this.
    /// </para>
    /// </remarks>
    /// <value>Range: 1 byte or more. Default: null, half of the memory that the runtime may use.</value>
    public long? MemoryBudget;

    /// <summary>
    /// Whether the model keeps what the optimizer remembers, such as the moments of <see cref="AdamOptimizer"/>, as it was at the weights that are kept.
    /// </summary>
    /// <remarks>
    /// <c>Fit(train, modelParameters)</c> then goes on as if the training had not been interrupted. The model takes up to four times the space, in memory and
    /// in its file.
    /// </remarks>
    /// <value>Default: false.</value>
    public bool KeepOptimizerState;

    /// <summary>
    /// A file from which a training that was interrupted goes on: the same Fit on the same data goes on where it was, and gives the same model, bit by bit.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Fit writes there what it needs to go on, as often as <see cref="CheckpointEvery"/> says, and where the training is cancelled or stopped. The file is
    /// replaced as a whole, so that
    /// whatever ends the process leaves one that can be read; the one before it is kept beside it, as "path.previous", and is used, with a warning, where the
    /// last is damaged. A file that
    /// is no checkpoint is never written over. It takes 3 to 6 times the space of the network's weights, and of an ensemble that of the networks that are ready
    /// besides.
    /// </para>
    /// <para>
    /// A checkpoint of other options or other rows is refused with an error that names what differs. Give this trainer or the MLContext a fixed seed, or each
    /// process draws another. The
    /// number of threads may differ. When the training is complete the file stays, and the same call takes the model from there without training; a call with
    /// other options or rows then
    /// begins anew and takes its place, with a warning.
    /// </para>
    /// <para>
    /// With a <see cref="TimeBudget"/> the time that was spent before counts, and the budget may be raised to go on; the weights depend on the speed of the
    /// machine, as ever. Where one path
    /// serves several trainings, as under OneVersusAll and in a cross-validation, an interrupted one cannot go on, since others come before it.
    /// </para>
    /// </remarks>
    /// <value>Default: null, none.</value>
    public string? CheckpointPath;

    /// <summary>How often <see cref="CheckpointPath"/> is written: every so many epochs, or minutes.</summary>
    /// <remarks>By minutes it is written within an epoch too, where the epoch takes longer.</remarks>
    /// <value>Default: null, at the end of each epoch.</value>
    public CheckpointInterval? CheckpointEvery;
}
