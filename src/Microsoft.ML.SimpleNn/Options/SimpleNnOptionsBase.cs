using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The options that all SimpleNn trainers share.</summary>
/// <remarks>The trainer checks them once, when it is created, and works on a copy: later changes of the object have no effect on it.</remarks>
public abstract partial class SimpleNnOptionsBase : UnsupervisedTrainerInputBaseWithWeight
{
    /// <summary>The number of units of each hidden layer, in order from the features to the output.</summary>
    /// <remarks>
    /// An empty array gives a linear model. Where it is null the layers are chosen from the data (docs/DEFAULTS.md), and told on the log with the reason: [256,
    /// 256] for tables, [512, 512]
    /// for images of 256 pixels or more, [128] for sparse rows such as texts. A model that is trained further keeps its layers.
    /// </remarks>
    /// <value>Range: 0 to 1000 layers, each of 1 unit or more. Default: null, chosen from the data.</value>
    public int[]? HiddenLayers;

    /// <summary>The non-linear function after each hidden layer.</summary>
    /// <value>Default: ReLU.</value>
    public Activation Activation = Activation.ReLU;

    /// <summary>The rule that turns gradients into weight changes, with its learning rate.</summary>
    /// <remarks>
    /// With another optimizer than the default, of the standard parametrization, the schedule is a single cosine, and targets are not smoothed, unless the
    /// options say otherwise.
    /// <see cref="LbfgsOptimizer"/>, for small tables, passes over all training rows for a step: an epoch is one of its iterations. It ignores
    /// <see cref="LearningRateSchedule"/>, and refuses dropout, label smoothing, the largest norms and <see cref="KeepOptimizerState"/>.
    /// </remarks>
    /// <value>
    /// Default: <see cref="AdamWOptimizer"/> with learning rate 0.04, beta2 0.95, weight decay 0.02 and <see cref="Parametrization.NeuralTangent"/>, which
    /// gives each layer a rate of its own.
    /// </value>
    public Optimizer Optimizer = SimpleNnDefaults.Optimizer;

    /// <summary>How the optimizer's learning rate changes over the epochs.</summary>
    /// <remarks>
    /// With the default optimizer null is <see cref="LearningRateSchedule.WarmRestarts"/>, whose cycles end at 4, 12, 28 and 60 epochs, or, where
    /// <see cref="NumberOfEpochs"/> is given, so that the last one ends there; the end of a cycle at which the validation loss is lowest is kept. With another
    /// optimizer it is
    /// <see cref="LearningRateSchedule.Cosine"/>, which falls to zero at the last of <see cref="NumberOfEpochs"/>.
    /// </remarks>
    /// <value>Default: null, chosen by the optimizer.</value>
    public LearningRateSchedule? LearningRateSchedule;

    /// <summary>How much work the training puts into the model.</summary>
    /// <remarks>
    /// Options that are given count whatever the effort. Thorough trains 8 networks, and takes 8 times as long, to predict too; of an autoencoder it changes
    /// nothing.
    /// </remarks>
    /// <value>Default: Standard.</value>
    public Effort Effort = Effort.Standard;

    /// <summary>The most passes over the training rows, or iterations of L-BFGS; early stopping can end the training sooner.</summary>
    /// <remarks>
    /// Where it is null it is chosen from the number of training rows: 60 up to 20,000 rows, then 28, and fewer from 200,000 on; with an optimizer of
    /// the standard parametrization 20, and with fewer than 200 minibatches in an epoch more, for 4,000 steps in all, up to 100.
    /// </remarks>
    /// <value>Range: 1 epoch or more. Default: null, chosen from the number of training rows.</value>
    public int? NumberOfEpochs;

    /// <summary>The number of rows in a minibatch, from which one step of the optimizer is taken.</summary>
    /// <remarks>
    /// A number above that of the training rows means all of them. Where it is null it is chosen from the number of training rows, 64 to 512, and 64 where rows
    /// are sparse; with an optimizer of the standard parametrization 16 to 64, or 128 where rows are sparse.
    /// </remarks>
    /// <value>Range: 1 row or more. Default: null, chosen from the number of training rows.</value>
    public int? BatchSize;

    /// <summary>How many networks are trained, one after the other, so that their predictions are averaged: probabilities for classes.</summary>
    /// <remarks>
    /// Three to ten predict a little better than one (L. Hansen, P. Salamon 1990, Neural Network Ensembles), and take that many times as long to train and to
    /// predict. They differ by their
    /// seeds, <see cref="Seed"/>, Seed + 1 and so on, and thus in initial weights, order of the rows and held-out rows. An autoencoder is always one network.
    /// </remarks>
    /// <value>Range: 1 to 100 networks. Default: null, 1, and with <see cref="Effort.Thorough"/> 8.</value>
    public int? EnsembleSize;

    /// <summary>
    /// Whether the features are centred and scaled inside the network, each as befits its kind (<see cref="InputStage"/>), measured on the training rows.
    /// </summary>
    /// <remarks>The trained network takes the features as they are in the data. With false a feature that is missing is refused.</remarks>
    /// <value>Default: true.</value>
    public bool NormalizeFeatures = true;

    /// <summary>What is done about features that are missing (NaN).</summary>
    /// <remarks>Infinity is refused in any case.</remarks>
    /// <value>Default: Learn.</value>
    public MissingFeatures MissingFeatures = MissingFeatures.Learn;

    /// <summary>Whether features may be missing: what takes their place is measured by the input stage.</summary>
    internal bool AcceptsMissing => NormalizeFeatures && MissingFeatures == MissingFeatures.Learn;

    /// <summary>The directions of features by their names, of tasks that have them; null for none.</summary>
    internal virtual IReadOnlyDictionary<string, int>? Monotone => null;

    /// <summary>How many networks are trained.</summary>
    internal virtual int NumberOfNetworks => EnsembleSize ?? (Effort == Effort.Thorough ? SimpleNnDefaults.ThoroughEnsembleSize : 1);

    /// <summary>The threads that train.</summary>
    internal int Threads => NumberOfThreads ?? Environment.ProcessorCount;

    /// <summary>The weight decay of the AdamW that a learning rate alone asks for.</summary>
    internal virtual float WeightDecayOfAdamW => SimpleNnDefaults.WeightDecay;

    /// <summary>A copy that later changes of this object do not reach.</summary>
    internal virtual SimpleNnOptionsBase Copy()
    {
        var copy = (SimpleNnOptionsBase)MemberwiseClone();
        copy.HiddenLayers = (int[]?)HiddenLayers?.Clone();
        return copy;
    }

    /// <summary>
    /// What the engine is told of these options. Where they leave something to the trainer, and for what only it knows, it changes the copy: null is taken for
    /// what does nothing.
    /// </summary>
    /// <param name="loss">What the task makes small.</param>
    internal TrainingOptions ToTrainingOptions(Loss loss) => new()
    {
        Loss = loss,
        Optimizer = Optimizer,
        LearningRateSchedule = LearningRateSchedule ?? LearningRateSchedule.Constant,
        NumberOfEpochs = NumberOfEpochs ?? OptionConstraints.NumberOfEpochs.Default,
        BatchSize = BatchSize ?? OptionConstraints.BatchSize.Default,
        LabelSmoothing = LabelSmoothing ?? 0,
        Calibrate = Calibrate,
        L1Regularization = L1Regularization,
        L2Regularization = L2Regularization,
        InputDropout = InputDropout,
        Dropout = Dropout,
        ImageDistortion = ImageDistortion,
        ImageShape = ImageShape,
        MaximumGradientNorm = MaximumGradientNorm,
        MaximumWeightNorm = MaximumWeightNorm,
        NormalizeFeatures = NormalizeFeatures,
        EarlyStopping = EarlyStopping,
        Patience = Patience,
        MinimumImprovement = MinimumImprovement,
        TimeBudget = TimeBudget,
        Seed = Seed ?? 0,
        NumberOfThreads = NumberOfThreads,
        Progress = Progress,
        CancellationToken = CancellationToken,
    };
}
