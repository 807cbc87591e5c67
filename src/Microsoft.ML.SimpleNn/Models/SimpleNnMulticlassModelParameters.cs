using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

[assembly: LoadableClass(typeof(SimpleNnMulticlassModelParameters), null, typeof(SignatureLoadModel),
    "SimpleNn multiclass model", SimpleNnMulticlassModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The model of <see cref="SimpleNnMulticlassTrainer"/>: a network whose outputs, after the softmax, are the
/// probabilities of the classes, in the order of the label's keys.
/// </summary>
public sealed class SimpleNnMulticlassModelParameters : SimpleNnModelParametersBase<VBuffer<float>>
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnMulticlass";

    private static readonly VersionInfo Version = new(
        modelSignature: "SNNMULTI",
        // verWrittenCur: 0x00010001, first version
        // verWrittenCur: 0x00010002, several networks, optimizer's state
        // verWrittenCur: 0x00010003, input and output stages
        verWrittenCur: 0x00010004, // a checksum
        verReadableCur: 0x00010004,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnMulticlassModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);

    internal SimpleNnMulticlassModelParameters(IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained)
        : base(environment, LoaderSignature, trained)
    {
        OutputType = new VectorDataViewType(NumberDataViewType.Single, Network.Outputs);
    }

    private SimpleNnMulticlassModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context, out ModelReader reader)
    {
        CheckEnd(reader);
        if (Network.Outputs < 2)
            throw Host.ExceptDecode($"The model is damaged: its network has {Network.Outputs} output, a classifier has two or more.");
        OutputType = new VectorDataViewType(NumberDataViewType.Single, Network.Outputs);
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override Loss Loss => Loss.SoftmaxCrossEntropy;

    private protected override DataViewType OutputType { get; }

    /// <summary>Reads a saved model; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnMulticlassModelParameters Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnMulticlassModelParameters(environment, context);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, Version);
    }

    private protected override Delegate Mapper() => VectorMapper();
}
