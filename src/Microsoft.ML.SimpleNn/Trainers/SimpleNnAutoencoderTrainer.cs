using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that trains an autoencoder, a network that gives its input back after squeezing it through a
/// bottleneck, to find anomalies: rows unlike those that it was trained on.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.AnomalyDetection.Trainers.SimpleNnAutoencoder(...)`.
///
/// ### Input and output columns
/// The feature column is a vector of `Single` of known size, the optional weight column a `Single`; there is no label. The
/// trainer adds two columns:
///
/// | Column | Type | |
/// | -- | -- | -- |
/// | `Score` | `Single` | the reconstruction error, 0 or more: the larger, the stranger the row; NaN where a feature is NaN or infinite |
/// | `PredictedLabel` | `Boolean` | whether the score is above the threshold: true for an anomaly; false where the score is NaN |
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Anomaly detection |
/// | Is normalization required? | No, the network standardises its features (`NormalizeFeatures`) |
/// | Is caching required? | No |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | Yes |
///
/// ### The network
/// `HiddenLayers` are the encoder's, and the last of them is the bottleneck; the decoder has the same in reverse. [256, 64, 8]
/// on 784 features makes the network 784-256-64-8-64-256-784. The option `Activation` is that of all hidden layers but the
/// bottleneck, which is linear, as the last layer is (G. Hinton and R. Salakhutdinov 2006, Reducing the Dimensionality of
/// Data with Neural Networks). With one hidden layer, or the activation `Identity`, the network is linear and finds the
/// subspace of the principal components.
///
/// ### The score
/// The score of a row x that the network gives back as y is the mean over the features of ((yᵢ - xᵢ) fᵢ)². The factor fᵢ is
/// what the network's standardisation multiplies the feature by: 1 / deviation over the training rows, but at most 2.5 / the
/// largest distance from the mean, so that no feature that is rarely other than usual rules the score; many features that are large
/// together are scaled down alike. So units do not matter, a feature that is constant in the training rows counts nothing,
/// and the training makes the mean score of the training rows small. With `NormalizeFeatures` false the factors are 1.
///
/// ### The threshold
/// `Contamination` is the fraction of the rows whose score is above the threshold: of the validation rows, held out or
/// given to Fit, since the network gives those that it was trained on back better than others like them; without
/// validation rows, of the training rows. To choose another threshold later, without training again, use
/// `mlContext.AnomalyDetection.ChangeModelThreshold`.
///
/// ### Training
/// Train on rows that are normal, or almost all so. Backpropagation gives the gradient of the mean squared error over a minibatch of
/// rows. Sparse rows stay sparse in memory, and are not centred, but each is given back in full: the time for a row follows
/// the number of features, not of the values other than zero. A row of weight 0 is left out silently.
/// ]]></format>
/// </remarks>
public sealed class SimpleNnAutoencoderTrainer : SimpleNnTrainerBase<SimpleNnAutoencoderTrainer.Options,
    AnomalyPredictionTransformer<SimpleNnAutoencoderModelParameters>, SimpleNnAutoencoderModelParameters>
{
    private const string LoadNameValue = "SimpleNnAutoencoder";

    /// <summary>The options of <see cref="SimpleNnAutoencoderTrainer"/>.</summary>
    /// <remarks>
    /// <see cref="SimpleNnOptionsBase.HiddenLayers"/> are here the layers of the encoder, the last of which is the bottleneck. Range: 1 to 500 layers. Default:
    /// [256, 64, 8]. The optimizer is
    /// by default <see cref="AdamWOptimizer"/> with learning rate 0.003 and weight decay 0.3. By default a tenth of the rows is held out, at most 2,000, of a
    /// small table too, since the
    /// threshold is measured on them.
    /// </remarks>
    public sealed class Options : SimpleNnOptionsBase
    {
        /// <summary>The fraction of the rows that are taken for anomalies.</summary>
        /// <remarks>
        /// The threshold is the lowest that leaves at most this fraction of the scores of the validation rows above it, or, without such rows, of the training
        /// rows. 0 takes the largest score.
        /// Where the rows are all normal, this is about the rate of false alarms.
        /// </remarks>
        /// <value>Range: 0 to 0.5. Default: 0.05.</value>
        public double Contamination = TrainerConstraints.Contamination.Default;

        /// <summary>Creates options with their defaults.</summary>
        public Options()
        {
            HiddenLayers = SimpleNnDefaults.EncoderLayers;
            Optimizer = SimpleNnDefaults.OptimizerWith(SimpleNnDefaults.LearningRate);
        }

        /// <inheritdoc/>
        internal override int NumberOfNetworks => 1;

        /// <inheritdoc/>
        internal override void Check()
        {
            Require(HiddenLayers is { Length: >= 1 and <= NetworkLimits.EncoderLayers }, nameof(HiddenLayers),
                HiddenLayers is null ? null : $"an array of {HiddenLayers.Length}",
                $"must have 1 to {NetworkLimits.EncoderLayers} layers, those of the encoder, of which the last is the bottleneck, for example [256, 64, 8]");
            Require(TrainerConstraints.Contamination, Contamination);
            Require(EnsembleSize is null or 1, nameof(EnsembleSize), EnsembleSize, "must be 1: an autoencoder is one network, whose bottleneck and errors " +
                "cannot be averaged");
            Require(ImageDistortion is null, nameof(ImageDistortion), "a distortion", "must be null: an autoencoder learns what rows are like as they are, " +
                "and would take a distorted one for normal");
            base.Check();
        }
    }

    internal SimpleNnAutoencoderTrainer(IHostEnvironment environment, Options options)
        : base(environment, LoadNameValue, options, _ => default)
    {
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.AnomalyDetection;

    private protected override TaskRecipe RecipeFor(TargetReader targets) =>
        new(Loss.SquaredError, TrainerOptions.Optimizer) { ValidationFraction = SimpleNnDefaults.ThresholdFractionFor };

    private protected override TargetReader CreateTargetReader(RoleMappedSchema schema) =>
        new ReconstructionTargets(schema.Feature!.Value, TrainerOptions.HiddenLayers![^1]);

    private protected override SimpleNnAutoencoderModelParameters CreateModel(
        IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first)
    {
        var error = new ReconstructionError(trained[0].Network, Enumerable.Repeat(1f, first.Training.FeatureCount).ToArray());
        float threshold = AnomalyThreshold.Choose(
            error, (first.Validation ?? first.Training).Sample(TrainerOptions.Seed ?? 0), TrainerOptions.Contamination, TrainerOptions.Threads);
        return new SimpleNnAutoencoderModelParameters(Host, trained, error, threshold);
    }

    private protected override IReadOnlyList<TrainedNetwork>? TrainedOf(IPredictor model) => (model as SimpleNnAutoencoderModelParameters)?.Trained;

    /// <inheritdoc/>
    protected override AnomalyPredictionTransformer<SimpleNnAutoencoderModelParameters> MakeTransformer(
        SimpleNnAutoencoderModelParameters model, DataViewSchema trainSchema) =>
        LookAheadScorer.AddTo<AnomalyPredictionTransformer<SimpleNnAutoencoderModelParameters>, SimpleNnAutoencoderModelParameters>(
            Host, new(Host, model, trainSchema, FeatureColumn.Name, model.Threshold), model, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema)
    {
        SchemaShape annotations = new(AnnotationUtils.GetTrainerOutputAnnotation());
        return
        [
            new(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, annotations),
            new(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false, annotations),
        ];
    }
}
