using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that trains a multilayer perceptron to predict a number, several numbers at once, or several yes-or-no labels
/// at once.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.Regression.Trainers.SimpleNn(...)`.
///
/// ### Input and output columns
/// The feature column is a vector of `Single` of known size, the optional weight column a `Single`. The label decides what is predicted, in the
/// column `Score`:
///
/// | Label | Loss | Score |
/// | -- | -- | -- |
/// | `Single` | for numbers | `Single`: the predicted number, in the label's unit |
/// | `Single` | `Loss.Quantile` with several probabilities | vector of `Single`: the quantile of each probability, in their order |
/// | vector of `Single` of known size | for numbers | vector of `Single`: the predicted numbers. NaN is a missing number, and is left out of the loss |
/// | vector of `Single` of 0 and 1 | `Loss.SigmoidCrossEntropy` | vector of `Single`: the probability of 1 of each label; NaN is a missing label |
/// | vector of `Boolean` of known size | `Loss.SigmoidCrossEntropy`, by itself | vector of `Single`: the probability of true of each label |
///
/// With `IntervalCoverage` the columns `ScoreLower` and `ScoreUpper` of `Single` bound an interval around a predicted number.
///
/// The slots of a vector are named as the label's are, where they have names; of quantiles by their probabilities, such as "0.05". A score is NaN where a
/// feature is NaN or infinite. `mlContext.Regression.Evaluate` judges a single number, `EvaluateQuantiles` quantiles, `EvaluateOutputs` several numbers,
/// `EvaluateLabels` several labels.
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Regression |
/// | Is normalization required? | No, the network standardises its features (`NormalizeFeatures`) and its label (`NormalizeLabel`) |
/// | Is caching required? | No |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | Yes |
///
/// ### Training
/// Each hidden layer computes y = f(x Wᵀ + b) with the activation f; the last layer's outputs are the numbers. Backpropagation gives the gradient of the mean
/// loss over a
/// minibatch of rows, and the optimizer takes a step against it. A row whose label is missing (NaN) is left out with a warning, a row of weight 0 silently.
/// A number that is the same in all rows is predicted as itself, and one that is missing in all of them as NaN, each with a warning.
/// ]]></format>
/// </remarks>
public sealed class SimpleNnRegressionTrainer
    : SimpleNnTrainerBase<SimpleNnRegressionTrainer.Options, RegressionPredictionTransformer<SimpleNnRegressionModelParameters>,
    SimpleNnRegressionModelParameters>
{
    private const string LoadNameValue = "SimpleNnRegression";

    /// <summary>The options of <see cref="SimpleNnRegressionTrainer"/>.</summary>
    public sealed class Options : SimpleNnSupervisedOptionsBase
    {
        /// <summary>What training makes small.</summary>
        /// <remarks>
        /// <see cref="Loss.SquaredError"/>, <see cref="Loss.AbsoluteError"/>, <see cref="Loss.Huber"/> (its delta is in standard deviations of the label, while
        /// <see cref="NormalizeLabel"/> is
        /// true), <see cref="Loss.Poisson"/> (for labels of 0 or more), <see cref="Loss.Quantile"/>, or <see cref="Loss.SigmoidCrossEntropy"/> for labels from
        /// 0 to 1.
        /// </remarks>
        /// <value>Default: null, squared error for numbers and cross-entropy for labels of Boolean.</value>
        public Loss? Loss;

        /// <summary>Whether the numbers of the label are standardised inside the network, by mean and deviation measured on the training rows.</summary>
        /// <remarks>
        /// For <see cref="Loss.Poisson"/> they are divided by their mean. The trained network predicts them in their unit; the losses of the history are those
        /// of the standardised label.
        /// </remarks>
        /// <value>Default: true.</value>
        public bool NormalizeLabel = true;

        /// <summary>
        /// With which probability the number of a new row is to lie between the columns ScoreLower and ScoreUpper, which the model then adds to Score.
        /// </summary>
        /// <remarks>
        /// For a label of one number, and losses that predict one. The interval is as far to both sides of the score as that fraction of the rows that were
        /// held out is from its own scores (split conformal prediction; J. Lei et al. 2018): it holds for rows that come from where the training rows came
        /// from, whatever the network has learned. The weights are those that the training gives without the option. It needs rows that are held out, by
        /// <see cref="SimpleNnOptionsBase.EarlyStopping"/> or given to Fit as validation rows: 9 or more for 0.9, 99 for 0.99. Intervals whose width follows
        /// the row are those of <see cref="Loss.Quantile"/>.
        /// </remarks>
        /// <value>Range: above 0 and below 1. Default: null, no interval.</value>
        public float? IntervalCoverage;

        /// <summary>Features with which the score may change in one direction only, by name: <c>new() { ["Area"] = 1, ["Age"] = -1 }</c>.</summary>
        /// <remarks>
        /// 1: the score never falls as the feature grows, the others being the same; -1: it never rises. It is held to by the signs of the weights
        /// (D. Runje, S. Shankaranarayana 2023, Constrained Monotonic Neural Networks), and holds for every row, to the bit; what it costs in accuracy is in
        /// docs/decisions/30-monotone-features.md. The names are those of the slots of the feature column, as <c>Concatenate</c> gives them. Needs the
        /// activation ReLU, LeakyReLU or Identity, and another optimizer than L-BFGS. Rows are kept dense. A model that is trained further and had no such
        /// option keeps the bound of its numbers, and so the order up to a rounding.
        /// </remarks>
        /// <value>Range: 1 or -1 of each feature that is named. Default: null, no feature.</value>
        public Dictionary<string, int>? MonotoneFeatures;

        internal override IReadOnlyDictionary<string, int>? Monotone => MonotoneFeatures;

        internal override float WeightDecayOfAdamW => SimpleNnDefaults.RegressionWeightDecay;

        /// <inheritdoc/>
        internal override SimpleNnOptionsBase Copy()
        {
            var copy = (Options)base.Copy();
            copy.MonotoneFeatures = MonotoneFeatures is null ? null : new Dictionary<string, int>(MonotoneFeatures);
            return copy;
        }

        /// <inheritdoc/>
        internal override void Check()
        {
            RequireMonotone(MonotoneFeatures, nameof(MonotoneFeatures));
            Require(Loss != Loss.SoftmaxCrossEntropy, nameof(Loss), "SoftmaxCrossEntropy",
                "must be a loss for numbers, for example Loss.SquaredError; for classes use mlContext.MulticlassClassification.Trainers.SimpleNn");
            Require(TrainerConstraints.IntervalCoverage, IntervalCoverage);
            bool scoreIsNoNumber = Loss is QuantileRegressionLoss || Loss == Loss.SigmoidCrossEntropy;
            Require(IntervalCoverage is null || !scoreIsNoNumber, nameof(IntervalCoverage), IntervalCoverage,
                "must be null with Loss.Quantile, whose scores are bounds themselves, and with Loss.SigmoidCrossEntropy, whose scores are probabilities");
            base.Check();
        }
    }

    internal SimpleNnRegressionTrainer(IHostEnvironment environment, Options options)
        : base(environment, LoadNameValue, options, checkedOptions => TrainerUtils.MakeR4ScalarColumn(checkedOptions.LabelColumnName))
    {
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    private protected override TaskRecipe RecipeFor(TargetReader targets)
    {
        bool learnsQuantilesByDefault = TrainerOptions.Loss is QuantileRegressionLoss && ReferenceEquals(TrainerOptions.Optimizer, SimpleNnDefaults.Optimizer);
        return new(LossFor(targets), learnsQuantilesByDefault ? SimpleNnDefaults.QuantileOptimizer : TrainerOptions.Optimizer)
        {
            NormalizeTargets = TrainerOptions.NormalizeLabel,
            Dropout = learnsQuantilesByDefault ? SimpleNnDefaults.QuantileDropout : 0,
            FewestEpochs = SimpleNnDefaults.RegressionFewestEpochs,
            Coverage = TrainerOptions.IntervalCoverage,
        };
    }

    private Loss LossFor(TargetReader targets) => TrainerOptions.Loss ?? (targets is BooleanVectorReader ? Loss.SigmoidCrossEntropy : Loss.SquaredError);

    private protected override TargetReader CreateTargetReader(RoleMappedSchema schema)
    {
        DataViewSchema.Column label = schema.Label!.Value;
        if (label.Type is VectorDataViewType { ItemType: BooleanDataViewType })
            return new BooleanVectorReader(Host, label);
        return new NumberReader(Host, label, TrainerOptions.Loss ?? Loss.SquaredError);
    }

    private protected override SimpleNnRegressionModelParameters CreateModel(
        IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first)
    {
        Loss loss = LossFor(targets);
        ScoreMeaning meaning = loss == Loss.Poisson ? ScoreMeaning.Rate : loss == Loss.SigmoidCrossEntropy ? ScoreMeaning.Probability : ScoreMeaning.Number;
        bool isVectorLabel = targets.Column.Type is VectorDataViewType;
        string[]? names = isVectorLabel ? SlotNames.Read(targets.Column) : QuantileNames(loss);
        return new SimpleNnRegressionModelParameters(Host, trained, meaning, isVector: isVectorLabel || loss.OutputsPerNumber > 1, names)
        {
            Interval = first.Errors?.Interval(),
        };
    }

    private protected override IReadOnlyList<TrainedNetwork>? TrainedOf(IPredictor model) => (model as SimpleNnRegressionModelParameters)?.Trained;

    private protected override IReadOnlyList<string>? NamesOf(IPredictor model) => (model as SimpleNnRegressionModelParameters)?.SlotNames;

    /// <inheritdoc/>
    protected override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        bool isNumber = labelCol.ItemType == NumberDataViewType.Single && !labelCol.IsKey;
        bool isVector = labelCol.Kind == SchemaShape.Column.VectorKind.Vector;
        bool isBooleans = isVector && labelCol.ItemType == BooleanDataViewType.Instance;
        if (!isBooleans && !(isNumber && labelCol.Kind != SchemaShape.Column.VectorKind.VariableVector))
            throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but a regression needs a Single, or a " +
                $"vector of known size of Single or Boolean: {LabelRemedies.ForRegression(labelCol)}.");
        if (isBooleans && TrainerOptions.Loss is not null && TrainerOptions.Loss != Loss.SigmoidCrossEntropy)
            throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but option {nameof(Options.Loss)} is " +
                $"one for numbers: leave the option null, which means cross-entropy for Booleans.");
        if (isVector && TrainerOptions.IntervalCoverage is not null)
            throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but " +
                $"{nameof(Options.IntervalCoverage)} makes the interval of one number: leave the option null, or give a label of Single.");
        if (isVector && TrainerOptions.Loss is { OutputsPerNumber: > 1 })
            throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but Loss.Quantile with several " +
                $"probabilities needs one number, whose quantiles it learns: give it one probability, or a label of Single.");
    }

    /// <inheritdoc/>
    protected override RegressionPredictionTransformer<SimpleNnRegressionModelParameters> MakeTransformer(
        SimpleNnRegressionModelParameters model, DataViewSchema trainSchema) =>
        LookAheadScorer.AddTo<RegressionPredictionTransformer<SimpleNnRegressionModelParameters>, SimpleNnRegressionModelParameters>(
            Host, new(Host, model, trainSchema, FeatureColumn.Name), model, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        SchemaShape.Column label = inputSchema.First(column => column.Name == LabelColumn.Name);
        bool isVectorLabel = label.Kind == SchemaShape.Column.VectorKind.Vector, isVector = isVectorLabel || TrainerOptions.Loss is { OutputsPerNumber: > 1 };
        List<SchemaShape.Column> annotations = [.. AnnotationUtils.GetTrainerOutputAnnotation()];
        if (isVectorLabel ? label.HasSlotNames() : isVector)
            annotations.Add(new(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        SchemaShape.Column.VectorKind kind = isVector ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.Scalar;
        string[] columns = TrainerOptions.IntervalCoverage is null
            ? [DefaultColumnNames.Score]
            : [DefaultColumnNames.Score, IntervalScoreMapper.LowerColumn, IntervalScoreMapper.UpperColumn];
        return Array.ConvertAll(columns, name => new SchemaShape.Column(name, kind, NumberDataViewType.Single, false, new SchemaShape(annotations)));
    }

    /// <summary>The probabilities of several quantiles, which name the slots of the score; null for a score that is a number.</summary>
    private static string[]? QuantileNames(Loss loss) => loss is QuantileRegressionLoss { Probabilities.Length: > 1 } quantiles
        ? Array.ConvertAll(quantiles.Probabilities.ToArray(), probability => probability.ToString(CultureInfo.InvariantCulture)) : null;
}
