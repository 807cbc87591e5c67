using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that trains a multilayer perceptron to tell true from false.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.BinaryClassification.Trainers.SimpleNn(...)`.
///
/// ### Input and output columns
/// The label column is a `Boolean`, the feature column a vector of `Single` of known size, the optional weight column a
/// `Single`. The trainer adds three columns:
///
/// | Column | Type | |
/// | -- | -- | -- |
/// | `Score` | `Single` | the network's output z, the logit: any number, above 0 for true; NaN where a feature is NaN or infinite |
/// | `Probability` | `Single` | the probability of true, 1 / (1 + e⁻ᶻ) |
/// | `PredictedLabel` | `Boolean` | whether the score is above 0; false where it is NaN |
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Binary classification |
/// | Is normalization required? | No, the network standardises its features (`NormalizeFeatures`) |
/// | Is caching required? | No |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | Yes |
///
/// ### Training
/// Each hidden layer computes y = f(x Wᵀ + b) with the activation f; the last layer has one output, which becomes a
/// probability by the sigmoid. Backpropagation gives the gradient of the mean cross-entropy over a minibatch of rows, and
/// the optimizer takes a step against it. A row of weight 0 is left out silently.
///
/// A `Boolean` is never missing: ML.NET converts the number NaN to true, and `MapValue` a value that it was not given to
/// false. Leave rows without a label out before the conversion, for example with `mlContext.Data.FilterRowsByMissingValues`.
///
/// Where all rows are true, or all false, as in a fold of `OneVersusAll` that has no row of a class, a warning is logged and the model gives
/// every row the probability (t + 1) / (n + 2), with t of n rows true.
///
/// The model is calibrated as it is, since the cross-entropy makes probabilities. The network is its `SubModel`:
/// `transformer.Model.SubModel.Network`.
/// ]]></format>
/// </remarks>
public sealed class SimpleNnBinaryTrainer : SimpleNnTrainerBase<SimpleNnBinaryTrainer.Options,
    BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>
{
    private const string LoadNameValue = "SimpleNnBinary";

    /// <summary>The options of <see cref="SimpleNnBinaryTrainer"/>.</summary>
    public sealed class Options : SimpleNnClassifierOptionsBase
    {
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
            base.Check();
        }
    }

    internal SimpleNnBinaryTrainer(IHostEnvironment environment, Options options)
        : base(environment, LoadNameValue, options, checkedOptions => TrainerUtils.MakeBoolScalarLabel(checkedOptions.LabelColumnName))
    {
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    private protected override TaskRecipe RecipeFor(TargetReader targets) => new(Loss.SigmoidCrossEntropy, TrainerOptions.Optimizer);

    private protected override TargetReader CreateTargetReader(RoleMappedSchema schema) => new BooleanReader(schema.Label!.Value);

    /// <summary>The calibrator of slope -1 and offset 0 is the plain sigmoid, 1 / (1 + e^-score).</summary>
    private protected override CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> CreateModel(
        IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first) =>
        new ValueMapperCalibratedModelParameters<SimpleNnBinaryModelParameters, PlattCalibrator>(Host,
            new SimpleNnBinaryModelParameters(Host, trained), new PlattCalibrator(Host, slope: -1, offset: 0));

    private protected override IReadOnlyList<TrainedNetwork>? TrainedOf(IPredictor model) =>
        (model as CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>)?.SubModel.Trained;

    /// <inheritdoc/>
    protected override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        if (LabelColumn.IsCompatibleWith(labelCol))
            return;
        throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but a binary classifier needs a Boolean: " +
            $"{LabelRemedies.ForBinary(labelCol)}.");
    }

    /// <inheritdoc/>
    protected override BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>> MakeTransformer(
        CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> model, DataViewSchema trainSchema) =>
        LookAheadScorer.AddTo<BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>,
            CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>(
            Host, new(Host, model, trainSchema, FeatureColumn.Name), model.SubModel, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        Scalar(DefaultColumnNames.Score, NumberDataViewType.Single, AnnotationUtils.GetTrainerOutputAnnotation()),
        Scalar(DefaultColumnNames.Probability, NumberDataViewType.Single, AnnotationUtils.GetTrainerOutputAnnotation(isNormalized: true)),
        Scalar(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance, AnnotationUtils.GetTrainerOutputAnnotation()),
    ];

    private static SchemaShape.Column Scalar(string name, DataViewType type, IEnumerable<SchemaShape.Column> annotations) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, type, false, new SchemaShape(annotations));
}
