using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that trains a multilayer perceptron to tell two or more classes apart.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.MulticlassClassification.Trainers.SimpleNn(...)`.
///
/// ### Input and output columns
/// The label column is a key (`MapValueToKey` makes one), the feature column a vector of `Single` of known size, the
/// optional weight column a `Single`. The trainer adds `Score`, the probabilities of the classes as a vector of `Single`
/// with the class names as slot names, and `PredictedLabel`, the key of the most probable class.
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No, the network standardises its features (`NormalizeFeatures`) |
/// | Is caching required? | No |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | No |
///
/// ### Training
/// Each hidden layer computes y = f(x Wᵀ + b) with the activation f; the last layer's outputs become probabilities by
/// the softmax. Backpropagation gives the gradient of the mean cross-entropy over a minibatch of rows, and the optimizer
/// takes a step against it. A row without a label (key 0) is left out with a warning, a row of weight 0 silently.
/// ]]></format>
/// </remarks>
public sealed class SimpleNnMulticlassTrainer
    : SimpleNnTrainerBase<SimpleNnMulticlassTrainer.Options, MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>,
        SimpleNnMulticlassModelParameters>
{
    private const string LoadNameValue = "SimpleNnMulticlass";

    /// <summary>The options of <see cref="SimpleNnMulticlassTrainer"/>.</summary>
    public sealed class Options : SimpleNnClassifierOptionsBase
    {
    }

    internal SimpleNnMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment, LoadNameValue, options, checkedOptions => TrainerUtils.MakeU4ScalarColumn(checkedOptions.LabelColumnName))
    {
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override TaskRecipe RecipeFor(TargetReader targets) => new(Loss.SoftmaxCrossEntropy, TrainerOptions.Optimizer);

    private protected override TargetReader CreateTargetReader(RoleMappedSchema schema) => new ClassReader(Host, schema.Label!.Value);

    private protected override SimpleNnMulticlassModelParameters CreateModel(
        IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first) =>
        new(Host, trained, targets.OutputNames);

    private protected override IReadOnlyList<TrainedNetwork>? TrainedOf(IPredictor model) => (model as SimpleNnMulticlassModelParameters)?.Trained;

    private protected override IReadOnlyList<string>? NamesOf(IPredictor model) => (model as SimpleNnMulticlassModelParameters)?.ClassNames;

    /// <inheritdoc/>
    protected override void CheckLabelCompatible(SchemaShape.Column labelCol)
    {
        // A key of any size will do: a column of few classes may be a Key<Byte> or a Key<UInt16>.
        if (!labelCol.IsKey || labelCol.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Host.ExceptParam(nameof(labelCol), $"Label column '{labelCol.Name}' is {labelCol.GetTypeString()}, but a classifier of several classes " +
                $"needs a key: {LabelRemedies.ForMulticlass(labelCol)}.");
    }

    /// <inheritdoc/>
    protected override MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> MakeTransformer(
        SimpleNnMulticlassModelParameters model, DataViewSchema trainSchema) =>
        LookAheadScorer.AddTo<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>, SimpleNnMulticlassModelParameters>(
            Host, new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name), model, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        SchemaShape.Column label = inputSchema.First(column => column.Name == LabelColumn.Name);
        SchemaShape keyNames = new(label.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues)
            .Concat(AnnotationUtils.GetTrainerOutputAnnotation()));
        return
        [
            new(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
                new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(label))),
            new(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, keyNames),
        ];
    }
}
