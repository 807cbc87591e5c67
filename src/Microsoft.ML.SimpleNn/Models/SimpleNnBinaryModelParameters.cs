using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

[assembly: LoadableClass(typeof(SimpleNnBinaryModelParameters), null, typeof(SignatureLoadModel),
    "SimpleNn binary model", SimpleNnBinaryModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The model of <see cref="SimpleNnBinaryTrainer"/>: a network of one output z, the logit. The Score column has z itself;
/// Predict gives the probability of true, 1 / (1 + e^-z), which is also what the calibrator around this model makes of z.
/// For an ensemble the probabilities are averaged, and z is the logit of the mean.
/// </summary>
public sealed class SimpleNnBinaryModelParameters : SimpleNnSupervisedModelParametersBase<float>
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnBinary";

    private static readonly VersionInfo Version = new(
        modelSignature: "SNNBINRY",
        // verWrittenCur: 0x00010001, first version
        // verWrittenCur: 0x00010002, several networks, optimizer's state
        // verWrittenCur: 0x00010003, input and output stages
        verWrittenCur: 0x00010004, // a checksum
        verReadableCur: 0x00010004,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnBinaryModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);

    internal SimpleNnBinaryModelParameters(IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained)
        : base(environment, LoaderSignature, trained)
    {
    }

    private SimpleNnBinaryModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context, out ModelReader reader)
    {
        CheckEnd(reader);
        if (Network.Outputs != 1)
            throw Host.ExceptDecode($"The model is damaged: its network has {Network.Outputs} outputs, a binary classifier has one.");
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    private protected override Loss Loss => Loss.SigmoidCrossEntropy;

    private protected override DataViewType OutputType => NumberDataViewType.Single;

    private protected override bool ScoreIsPrediction => false;

    private protected override void AverageOutputs(ReadOnlySpan<float> outputs, Span<float> averages) => LogitOfMean.Run(outputs, averages);

    /// <summary>Reads a saved model; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnBinaryModelParameters Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnBinaryModelParameters(environment, context);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, Version);
    }

    internal override void AddTo(OnnxGraph graph) => ModelNodes.Add(graph, this);

    private protected override Delegate Mapper() => NumberMapper();
}
