using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The options that all SimpleNn trainers share. The trainer checks them once, when it is created, and works on a copy:
/// later changes of the object have no effect on it.
/// </summary>
public abstract class SimpleNnOptionsBase : UnsupervisedTrainerInputBaseWithWeight
{
    /// <summary>The number of units of each hidden layer, in order from the features to the output.</summary>
    /// <remarks>
    /// An empty array gives a linear model. Range: 0 to 1000 layers, each of 1 unit or more. Default: null, chosen from the data (docs/DEFAULTS.md), and told on the log with the
    /// reason: [256, 256] for tables, [512, 512] for images of 256 pixels or more, [128] for sparse rows such as texts. A model that is trained further keeps its layers.
    /// </remarks>
    public int[]? HiddenLayers;

    /// <summary>The non-linear function after each hidden layer. Default: ReLU.</summary>
    public Activation Activation = SimpleNnDefaults.Activation;

    /// <summary>The rule that turns gradients into weight changes, with its learning rate.</summary>
    /// <remarks>
    /// Default: <see cref="AdamWOptimizer"/> with learning rate 0.04, beta2 0.95, weight decay 0.02 and <see cref="Parametrization.NeuralTangent"/>, which gives each layer a rate of its own. With
    /// another optimizer of the standard parametrization the schedule is a single cosine, and targets are not smoothed, unless the options say otherwise.
    /// <see cref="LbfgsOptimizer"/>, for small tables, passes over all training rows for a step: an epoch is one of its iterations. It ignores
    /// <see cref="LearningRateSchedule"/>, and refuses dropout, label smoothing, the largest norms and <see cref="KeepOptimizerState"/>.
    /// </remarks>
    public Optimizer Optimizer = SimpleNnDefaults.Optimizer;

    /// <summary>How the optimizer's learning rate changes over the epochs.</summary>
    /// <remarks>
    /// Default: null. With the default optimizer that is <see cref="LearningRateSchedule.WarmRestarts"/>, whose cycles end at 4, 12, 28 and 60 epochs, or, where
    /// <see cref="NumberOfEpochs"/> is given, so that the last one ends there; the end of a cycle at which the validation loss is lowest is kept. With another optimizer it is
    /// <see cref="LearningRateSchedule.Cosine"/>, which falls to zero at the last of <see cref="NumberOfEpochs"/>.
    /// </remarks>
    public LearningRateSchedule? LearningRateSchedule;

    /// <summary>How much work the training puts into the model.</summary>
    /// <remarks>Default: Standard. Options that are given count whatever the effort. Thorough trains 8 networks, and takes 8 times as long, to predict too; of an autoencoder it changes nothing.</remarks>
    public Effort Effort = Effort.Standard;

    /// <summary>The most passes over the training rows, or iterations of L-BFGS; early stopping can end the training sooner.</summary>
    /// <remarks>
    /// Range: 1 or more. Default: null, chosen from the number of training rows: 60 up to 20,000 rows, then 28, and fewer from 200,000 on; with an optimizer of
    /// the standard parametrization 20, and with fewer than 200 minibatches in an epoch more, for 4,000 steps in all, up to 100.
    /// </remarks>
    public int? NumberOfEpochs;

    /// <summary>The number of rows in a minibatch, from which one step of the optimizer is taken.</summary>
    /// <remarks>
    /// Range: 1 or more; a number above that of the training rows means all of them. Default: null, chosen from the number of training rows, 64 to 512, and 64 where rows
    /// are sparse; with an optimizer of the standard parametrization 16 to 64, or 128 where rows are sparse.
    /// </remarks>
    public int? BatchSize;

    /// <summary>How much of each target is equal chances for all classes: the network learns not to be certain of what it was told (label smoothing; Szegedy et al. 2016).</summary>
    /// <remarks>
    /// <see cref="Calibrate"/> puts the probabilities right afterwards. Labels that are numbers have nothing to smooth. Range: 0 up to, but not including, 1. Default: null, 0.05 for
    /// classes with the default optimizer where there are rows to calibrate by, else 0.
    /// </remarks>
    public float? LabelSmoothing;

    /// <summary>Whether probabilities are calibrated by a temperature, chosen on the validation rows (C. Guo et al. 2017, On Calibration of Modern Neural Networks).</summary>
    /// <remarks>It changes no predicted class. Without validation rows, and for labels that are numbers, there is none. Default: true.</remarks>
    public bool Calibrate = true;

    /// <summary>Whether, once the held-out rows have told how long to train, the network is trained anew on all rows for so long.</summary>
    /// <remarks>
    /// It takes up to twice the time. Default: null, which is yes where 5 % of the rows or more were held out, with the default optimizer and no <see cref="TimeBudget"/>, and neither a
    /// model that is trained further nor <see cref="KeepOptimizerState"/>. Of fewer than 2,500 rows five folds tell how long. Validation rows that are given to Fit are never trained on.
    /// </remarks>
    public bool? RefitOnAllRows;

    /// <summary>What is done about features that are missing (NaN).</summary>
    /// <remarks>Default: Learn. Infinity is refused in any case.</remarks>
    public MissingFeatures MissingFeatures = MissingFeatures.Learn;

    /// <summary>
    /// An L1 penalty on the weights, which pulls all of them towards 0 alike: with n rows in a minibatch, the gradient of its mean loss grows by this / n times
    /// the sign of each weight. Biases have none, and the losses that are reported do not contain it. In the first layer the weights are
    /// those of the standardised features, and of sparse ones those that occur in the minibatch. Range: 0 or more. Default: 0.
    /// </summary>
    public float L1Regularization;

    /// <summary>
    /// An L2 penalty on the weights, as the alpha of scikit-learn's MLPClassifier means it: with n rows in a minibatch, the gradient of its mean loss grows by
    /// this / n times each weight, as from this / (2 n) times the sum of squares. Biases have none, and the losses that are reported do not contain
    /// it. In the first layer the weights are those of the standardised features, and of sparse ones those that occur in the minibatch. The default optimizer has weight decay already. Range: 0 or more. Default: 0.
    /// </summary>
    public float L2Regularization;

    /// <summary>
    /// The fraction of the features that are set to 0, their mean if they are standardised, at random in each step of the training; the others grow by
    /// 1 / (1 - this). Predictions use all. 0.1 to 0.2 is usual where there are many features. Range: 0 up to, but not including, 1. Default: 0.
    /// </summary>
    public float InputDropout;

    /// <summary>
    /// The fraction of the outputs of each hidden layer that are set to 0 at random in each step of the training, against overfitting; the others grow by
    /// 1 / (1 - this) (Srivastava et al. 2014). Predictions use all. 0.2 to 0.5 is usual. Where it is 0, the default optimizer with a loss of quantiles drops 0.1. Range: 0 up to, but not including, 1. Default: 0.
    /// </summary>
    public float Dropout;

    /// <summary>How images are distorted while the network is trained: shifted, rotated, scaled and bent a little at random, anew each time that a row is trained on.</summary>
    /// <remarks>
    /// <para>
    /// Default: null, not at all. <c>new ImageDistortion()</c> suits handwritten digits. The network never sees the same image twice, which works against overfitting as many more
    /// images would (P. Simard et al. 2003, Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis; D. Ciresan et al. 2010, Deep, Big, Simple Neural Nets
    /// for Handwritten Digit Recognition), and needs more epochs to be learned: set <see cref="NumberOfEpochs"/> to 60 or more. Validation rows are never distorted, nor is anything that is predicted.
    /// </para>
    /// <para>
    /// The features must be the pixels of images, in the order that <see cref="ImageShape"/> or the feature column's type says, and are kept with all their zeros. Fit throws where neither tells the shape.
    /// <see cref="LbfgsOptimizer"/> and the autoencoder refuse it.
    /// </para>
    /// </remarks>
    public ImageDistortion? ImageDistortion;

    /// <summary>How the pixels of an image lie in the feature column, for <see cref="ImageDistortion"/>.</summary>
    /// <remarks>
    /// Default: null, as the column's type says: its dimensions are those of ExtractPixels, channels x height x width, or height x width x channels with interleavePixelColors; or height x
    /// width; or it has one dimension, a square number, which is taken for a grey image as high as wide. Fit throws where it is none of these, and where the shape given has another number of
    /// pixels than the column. Without <see cref="ImageDistortion"/> the shape changes nothing.
    /// </remarks>
    public ImageShape? ImageShape;

    /// <summary>
    /// The largest norm of a step's gradient, all weights and biases together: a longer one is shortened to it, so that a few unusual rows cannot throw
    /// the weights far off. Range: above 0. Default: null, any.
    /// </summary>
    public float? MaximumGradientNorm;

    /// <summary>
    /// The largest norm of the incoming weights of each unit, hidden or output: after each step longer ones are shortened to it (max-norm, Srivastava et al.
    /// 2014; 3 to 4 is usual, together with dropout). In the first layer the weights are those of the standardised features; with sparse ones that layer is left out. Range: above 0. Default: null, any.
    /// </summary>
    public float? MaximumWeightNorm;

    /// <summary>
    /// Whether the features are centred and scaled inside the network, each as befits its kind (<see cref="InputStage"/>), measured on the training rows. The
    /// trained network takes the features as they are in the data. With false a feature that is missing is refused. Default: true.
    /// </summary>
    public bool NormalizeFeatures = SimpleNnDefaults.NormalizeFeatures;

    /// <summary>
    /// Whether the training ends when the loss on validation rows has stopped improving; the weights of the best epoch are then
    /// restored, with the default schedule those of the cycle's end with the lowest loss. The validation rows are those given to Fit, otherwise a fraction of the training rows. With
    /// false, and no validation rows given, all rows are trained on for all epochs. Default: true.
    /// </summary>
    public bool EarlyStopping = SimpleNnDefaults.EarlyStopping;

    /// <summary>
    /// The fraction of the training rows that early stopping holds out as validation rows, where none are given; of each
    /// class alike, and at least one row of each class remains for training. When that would be fewer than 10 rows, none
    /// are held out and all epochs are run. Range: above 0, below 1. Default: null, a tenth, but at most 2,000 rows; of fewer than 2,500 rows five folds, each held out in turn,
    /// or, with an optimizer of the standard parametrization, none of fewer than 1,000.
    /// </summary>
    public double? ValidationFraction;

    /// <summary>
    /// The number of epochs without a new lowest validation loss after which early stopping ends the training; a schedule of cycles ends it at the first
    /// cycle without one. Range: 1 or more. Default: 10.
    /// </summary>
    public int Patience = SimpleNnDefaults.Patience;

    /// <summary>
    /// How much lower than the lowest so far a validation loss must be to count as an improvement, in the unit of the loss.
    /// Range: 0 or more. Default: 0.
    /// </summary>
    public double MinimumImprovement = SimpleNnDefaults.MinimumImprovement;

    /// <summary>
    /// The number of networks that are trained, one after the other, and whose predictions are averaged: probabilities for classes. Three to ten
    /// predict a little better than one (L. Hansen, P. Salamon 1990, Neural Network Ensembles), and take that many times as long to train and to
    /// predict. They differ by their seeds, <see cref="Seed"/>, Seed + 1 and so on, and thus in initial weights, order of the rows and
    /// held-out rows. Range: 1 to 100; an autoencoder is always one network. Default: null, 1, and with <see cref="Effort.Thorough"/> 8.
    /// </summary>
    public int? EnsembleSize;

    /// <summary>
    /// How long the training may take, reading the data not included; measured after each minibatch. The model then has the best weights so far,
    /// and where not even the first epoch has ended those that were reached. The learning rate falls as if all epochs were run, so prefer a
    /// smaller <see cref="NumberOfEpochs"/> where you can; and the model depends on the speed of the machine. The networks of an ensemble share the time
    /// evenly. Range: above zero.
    /// Default: null, as long as it takes.
    /// </summary>
    public TimeSpan? TimeBudget;

    /// <summary>
    /// Whether the model keeps what the optimizer remembers, such as the moments of <see cref="AdamOptimizer"/>, as it was at the weights that are kept:
    /// <c>Fit(train, modelParameters)</c> then goes on as if the training had not been interrupted. The model takes up to four times the
    /// space, in memory and in its file. Default: false.
    /// </summary>
    public bool KeepOptimizerState;

    /// <summary>
    /// Decides every random choice: initial weights, order of the rows, held-out rows. The same data, options and seed
    /// give the same model, bit by bit, on any number of threads. Default: null, drawn from the seed of the MLContext.
    /// </summary>
    public int? Seed;

    /// <summary>The number of threads that train. Range: 1 to 1024. Default: null, one for each logical processor.</summary>
    public int? NumberOfThreads;

    /// <summary>
    /// The memory for the rows, in bytes. Rows that fit, with the room that it takes to gather them, are kept in memory. Others are read anew from the data in each epoch, and twice before the first: a pool of
    /// them is shuffled and trained on while the next is read, so that the memory stays the same however many rows there are. Each pool takes a quarter of this, or 4 MiB where that is more, and
    /// holds a minibatch at least; so does the sample of rows by which the features are judged; validation rows are kept where they take no more than a quarter. The data must then be the same each time that it
    /// is read. Rows are shuffled within a pool only, so data sorted by class or by place should be mixed before, and a warning says so where the label shows it; and they come in another order than
    /// from memory, so that the weights differ. The rows held out for validation are chosen by a hash of their place in the data, of each class about alike. The memory of
    /// the network and of the pipeline is not part of this. Range: 1 or more. Default: null, half of the memory that the runtime may use.
    /// </summary>
    public long? MemoryBudget;

    /// <summary>A file from which a training that was interrupted goes on: the same Fit on the same data goes on where it was, and gives the same model, bit by bit.</summary>
    /// <remarks>
    /// <para>
    /// Fit writes there what it needs to go on, as often as <see cref="CheckpointEvery"/> says, and where the training is cancelled or stopped. The file is replaced as a whole, so that
    /// whatever ends the process leaves one that can be read; the one before it is kept beside it, as "path.previous", and is used, with a warning, where the last is damaged. A file that
    /// is no checkpoint is never written over. It takes 3 to 6 times the space of the network's weights, and of an ensemble that of the networks that are ready besides.
    /// </para>
    /// <para>
    /// A checkpoint of other options or other rows is refused with an error that names what differs. Give this trainer or the MLContext a fixed seed, or each process draws another. The
    /// number of threads may differ. When the training is complete the file stays, and the same call takes the model from there without training; a call with other options or rows then
    /// begins anew and takes its place, with a warning.
    /// </para>
    /// <para>
    /// With a <see cref="TimeBudget"/> the time that was spent before counts, and the budget may be raised to go on; the weights depend on the speed of the machine, as ever. Where one path
    /// serves several trainings, as under OneVersusAll and in a cross-validation, an interrupted one cannot go on, since others come before it.
    /// Default: null, none.
    /// </para>
    /// </remarks>
    public string? CheckpointPath;

    /// <summary>How often <see cref="CheckpointPath"/> is written: every so many epochs, or minutes.</summary>
    /// <remarks>By minutes it is written within an epoch too, where the epoch takes longer. Default: null, at the end of each epoch.</remarks>
    public CheckpointInterval? CheckpointEvery;

    /// <summary>
    /// Told the metrics of each epoch, on the training thread, before the next epoch begins; <see cref="EpochMetrics.Stop"/> ends the training with the
    /// best weights so far. <see cref="Progress{T}"/> passes the metrics on to another thread, and is told a little later. Default: null, nobody.
    /// </summary>
    public IProgress<EpochMetrics>? Progress;

    /// <summary>
    /// Ends the training early. The model then has the best weights so far; before the end of the first epoch there are
    /// none, and Fit throws an <see cref="OperationCanceledException"/>, as it does while it reads the data. Of an ensemble the
    /// networks that have ended an epoch are kept. Default: none.
    /// </summary>
    public CancellationToken CancellationToken;

    /// <summary>Whether features may be missing: what takes their place is measured by the input stage.</summary>
    internal bool AcceptsMissing => NormalizeFeatures && MissingFeatures == MissingFeatures.Learn;

    /// <summary>How many networks are trained.</summary>
    internal virtual int NumberOfNetworks => EnsembleSize ?? (Effort == Effort.Thorough ? SimpleNnDefaults.ThoroughEnsembleSize : SimpleNnDefaults.EnsembleSize);

    /// <summary>The weight decay of the AdamW that a learning rate alone asks for.</summary>
    internal virtual float WeightDecayOfAdamW => SimpleNnDefaults.WeightDecay;

    /// <summary>A copy that later changes of this object do not reach.</summary>
    internal virtual SimpleNnOptionsBase Copy()
    {
        var copy = (SimpleNnOptionsBase)MemberwiseClone();
        copy.HiddenLayers = (int[]?)HiddenLayers?.Clone();
        return copy;
    }

    /// <summary>Throws, in the user's words, when an option is out of its range.</summary>
    internal virtual void Check()
    {
        Require(!string.IsNullOrWhiteSpace(FeatureColumnName), nameof(FeatureColumnName), FeatureColumnName, "must name the column of the features, for example \"Features\"");
        Require(ExampleWeightColumnName is null || !string.IsNullOrWhiteSpace(ExampleWeightColumnName), nameof(ExampleWeightColumnName), ExampleWeightColumnName,
            "must name the column of the example weights; with null all rows weigh alike");
        Require(HiddenLayers is not { Length: > NetworkLimits.HiddenLayers }, nameof(HiddenLayers), $"an array of {HiddenLayers?.Length}",
            $"must have at most {NetworkLimits.HiddenLayers} layers; one to three are usual");
        for (int i = 0; i < HiddenLayers?.Length; i++)
            Require(HiddenLayers[i] >= 1, $"{nameof(HiddenLayers)}[{i}]", HiddenLayers[i], "must be 1 unit or more; leave the layer out of the array to have none");
        Require(Enum.IsDefined(Activation), nameof(Activation), (int)Activation, $"must be one of {string.Join(", ", Enum.GetNames<Activation>())}");
        Require(Optimizer is not null, nameof(Optimizer), null, "must be an optimizer, for example new AdamOptimizer()");
        Require(LabelSmoothing is null or (>= 0 and < 1), nameof(LabelSmoothing), LabelSmoothing, "must be 0 or more and below 1; 0.1 is usual, and with null it is chosen");
        Require(Enum.IsDefined(Effort), nameof(Effort), (int)Effort, $"must be one of {string.Join(", ", Enum.GetNames<Effort>())}");
        Require(Enum.IsDefined(MissingFeatures), nameof(MissingFeatures), (int)MissingFeatures, $"must be one of {string.Join(", ", Enum.GetNames<MissingFeatures>())}");
        Require(NumberOfEpochs is not < 1, nameof(NumberOfEpochs), NumberOfEpochs, "must be 1 or more; with null it is chosen from the number of rows");
        Require(BatchSize is not < 1, nameof(BatchSize), BatchSize, "must be 1 row or more; with null it is chosen from the number of rows");
        Require(IsNotNegative(L1Regularization), nameof(L1Regularization), L1Regularization, "must be a finite number, 0 or more; with 0 there is no penalty");
        Require(IsNotNegative(L2Regularization), nameof(L2Regularization), L2Regularization, "must be a finite number, 0 or more; with 0 there is no penalty");
        Require(InputDropout is >= 0 and < 1, nameof(InputDropout), InputDropout, "must be 0 or more and below 1; with 0 no feature is dropped");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "must be 0 or more and below 1; with 0 no unit is dropped");
        Require(IsNullOrPositive(MaximumGradientNorm), nameof(MaximumGradientNorm), MaximumGradientNorm, "must be a finite number above 0; with null no gradient is clipped");
        Require(IsNullOrPositive(MaximumWeightNorm), nameof(MaximumWeightNorm), MaximumWeightNorm, "must be a finite number above 0; with null weights may have any size");
        if (Optimizer is LbfgsOptimizer)
        {
            const string OtherOptimizer = "which compares the loss from step to step; take another optimizer for it";
            Require(!KeepOptimizerState, nameof(KeepOptimizerState), "true", $"must be false with {nameof(LbfgsOptimizer)}, which begins each run afresh; take another optimizer for it");
            Require(LabelSmoothing is null or 0, nameof(LabelSmoothing), LabelSmoothing, $"must be 0 or null with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
            Require(InputDropout == 0, nameof(InputDropout), InputDropout, $"must be 0 with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
            Require(Dropout == 0, nameof(Dropout), Dropout, $"must be 0 with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
            Require(ImageDistortion is null, nameof(ImageDistortion), "a distortion", $"must be null with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
            Require(MaximumGradientNorm is null, nameof(MaximumGradientNorm), MaximumGradientNorm, $"must be null with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
            Require(MaximumWeightNorm is null, nameof(MaximumWeightNorm), MaximumWeightNorm, $"must be null with {nameof(LbfgsOptimizer)}, {OtherOptimizer}");
        }

        Require(ValidationFraction is null or (> 0 and < 1), nameof(ValidationFraction), ValidationFraction,
            $"must be above 0 and below 1; to train on all rows set {nameof(EarlyStopping)} to false");
        Require(Patience >= 1, nameof(Patience), Patience, $"must be 1 epoch or more; to run all epochs set {nameof(EarlyStopping)} to false");
        Require(MinimumImprovement >= 0 && double.IsFinite(MinimumImprovement), nameof(MinimumImprovement), MinimumImprovement, "must be a finite number, 0 or more");
        Require(EnsembleSize is null or (>= 1 and <= NetworkLimits.EnsembleSize), nameof(EnsembleSize), EnsembleSize, $"must be 1 to {NetworkLimits.EnsembleSize} networks; three to ten are usual, and 1 is no ensemble");
        Require(TimeBudget is null || TimeBudget > TimeSpan.Zero, nameof(TimeBudget), TimeBudget, "must be above zero; with null the training takes as long as it takes");
        Require(CheckpointPath is null || !string.IsNullOrWhiteSpace(CheckpointPath), nameof(CheckpointPath), CheckpointPath, "must name a file, for example \"training.checkpoint\"; with null there is none");
        Require(MemoryBudget is not < 1, nameof(MemoryBudget), MemoryBudget, "must be 1 byte or more; with null it is half of the memory that the runtime may use");
        Require(NumberOfThreads is not (< 1 or > NetworkLimits.Threads), nameof(NumberOfThreads), NumberOfThreads, $"must be 1 to {NetworkLimits.Threads}; with null every logical processor is used");

        static bool IsNotNegative(float value) => value >= 0 && float.IsFinite(value);

        static bool IsNullOrPositive(float? value) => value is null || (value > 0 && float.IsFinite(value.Value));
    }

    /// <summary>Throws when an option is out of its range.</summary>
    /// <param name="holds">Whether it is in its range.</param>
    /// <param name="option">The name of the option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="rangeAndRemedy">The range and what to do, as the end of a sentence that begins with "it".</param>
    private protected static void Require(bool holds, string option, object? value, string rangeAndRemedy)
    {
        if (!holds)
            throw Contracts.ExceptUserArg(option, string.Create(CultureInfo.InvariantCulture, $"{option} is {Text(value)}: it {rangeAndRemedy}."));

        static string Text(object? value) => value switch
        {
            null => "null",
            string text when string.IsNullOrWhiteSpace(text) => "empty",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
