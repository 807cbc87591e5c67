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
/// with the class names as slot names, and `PredictedLabel`, the key of the most probable class. With
/// `PredictionSetCoverage` it adds `PredictionSet` too, a vector of `Boolean` with the same slot names.
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | No, the network standardises its features (`NormalizeFeatures`) |
/// | Is caching required? | No |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | Yes |
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
        /// <summary>
        /// With which probability the set of classes in the column PredictionSet, which the model then adds, is to have the class of a new row.
        /// </summary>
        /// <remarks>
        /// PredictionSet is a vector of Boolean with a slot for each class, true for the classes whose probability is not below a threshold. It is the
        /// probability that the true class has, or more, in so many of the rows that were held out (split conformal prediction with least ambiguous sets;
        /// M. Sadinle, J. Lei, L. Wasserman 2019, Least Ambiguous Set-Valued Classifiers with Bounded Error Levels). The coverage holds for rows that come
        /// from where the training rows came from, whatever the network has learned; it holds on average over them, and not for each class. A row counts
        /// with its weight. A set has several classes where the network wavers. It is empty where no class is probable enough, which happens where the
        /// network is right more often than the coverage asks for: ask for more then, or add the predicted class. The weights are those that the training
        /// gives without the option. It needs rows that are held out, by <see cref="SimpleNnOptionsBase.EarlyStopping"/> or given to Fit as validation
        /// rows: 9 or more for 0.9, 99 for 0.99.
        /// </remarks>
        /// <value>Range: above 0 and below 1. Default: null, no sets.</value>
        public float? PredictionSetCoverage;

        /// <inheritdoc/>
        internal override void Check()
        {
            Require(TrainerConstraints.PredictionSetCoverage, PredictionSetCoverage);
            base.Check();
        }
    }

    internal SimpleNnMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment, LoadNameValue, options, checkedOptions => TrainerUtils.MakeU4ScalarColumn(checkedOptions.LabelColumnName))
    {
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override TaskRecipe RecipeFor(TargetReader targets) => new(Loss.SoftmaxCrossEntropy, TrainerOptions.Optimizer)
    {
        Coverage = TrainerOptions.PredictionSetCoverage,
    };

    private protected override TargetReader CreateTargetReader(RoleMappedSchema schema) => new ClassReader(Host, schema.Label!.Value);

    private protected override SimpleNnMulticlassModelParameters CreateModel(
        IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first) =>
        new(Host, trained, targets.OutputNames) { PredictionSets = first.Errors?.PredictionSets() };

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
        SchemaShape.Column[] columns =
        [
            new(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
                new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(label))),
            new(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, keyNames),
        ];
        return TrainerOptions.PredictionSetCoverage is null ? columns : [.. columns, PredictionSetColumn(label)];
    }

    private static SchemaShape.Column PredictionSetColumn(SchemaShape.Column label)
    {
        List<SchemaShape.Column> annotations = [.. AnnotationUtils.GetTrainerOutputAnnotation()];
        if (label.Annotations.Any(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues))
            annotations.Add(new(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        return new(PredictionSetMapper.SetColumn, SchemaShape.Column.VectorKind.Vector, BooleanDataViewType.Instance, false, new SchemaShape(annotations));
    }
}
