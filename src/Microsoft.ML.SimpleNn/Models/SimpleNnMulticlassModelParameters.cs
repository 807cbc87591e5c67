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
/// probabilities of the classes, in the order of the label's keys. It keeps their names, so that training can go on with data whose keys are in another order.
/// </summary>
public sealed class SimpleNnMulticlassModelParameters : SimpleNnSupervisedModelParametersBase<VBuffer<float>>, ISchemaBindableMapper
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnMulticlass";

    private const uint ChecksumVersion = 0x00010004;

    private static readonly VersionInfo Version = VersionOf(
        // 0x00010001, first version
        // 0x00010002, several networks, optimizer's state
        // 0x00010003, input and output stages
        // ChecksumVersion, names of the classes, a checksum
        ChecksumVersion + 1); // prediction sets

    /// <summary>What is written where there are no prediction sets, so that the library that came before them reads it.</summary>
    private static readonly VersionInfo VersionWithoutSets = VersionOf(ChecksumVersion);

    /// <summary>Creates a model.</summary>
    /// <param name="environment">The environment of the trainer.</param>
    /// <param name="trained">The trained networks.</param>
    /// <param name="classNames">The names of the classes, in the order of the outputs; null for keys without values.</param>
    internal SimpleNnMulticlassModelParameters(IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained, string[]? classNames = null)
        : base(environment, LoaderSignature, trained)
    {
        ClassNames = classNames;
        OutputType = new VectorDataViewType(NumberDataViewType.Single, Network.Outputs);
    }

    private SimpleNnMulticlassModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context, out ModelReader reader)
    {
        if (reader.Version >= NetworkFormat.VersionWithChecksum) // the version that came with names of classes
            (ClassNames, PredictionSets) = Decode(() => (NamesFormat.Read(reader, Network.Outputs, "class"), PredictionSetFormat.Read(reader)));
        CheckEnd(reader);
        if (Network.Outputs < 2)
            throw Host.ExceptDecode($"The model is damaged: its network has {Network.Outputs} output, a classifier has two or more.");
        OutputType = new VectorDataViewType(NumberDataViewType.Single, Network.Outputs);
    }

    /// <summary>
    /// The names of the classes, in the order of the probabilities: the values that were mapped to keys, as text. Null for a label whose keys have no values,
    /// and for models saved before names were kept.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>
    /// What a class needs to be in the set of a row, which the column PredictionSet has; null where no sets were asked for (PredictionSetCoverage).
    /// </summary>
    public PredictionSetThreshold? PredictionSets { get; internal init; }

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

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        ISchemaBindableMapper mapper = PredictionSets is { } sets
            ? new PredictionSetMapper(this, sets, Network.Outputs, ClassNames)
            : new NamedScoreMapper(this, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification, names: null); // ML.NET's scorer names the slots
        return mapper.Bind(env, schema);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, PredictionSets is null ? VersionWithoutSets : Version, WriteTask);
    }

    private void WriteTask(BinaryWriter writer)
    {
        NamesFormat.Write(writer, ClassNames);
        PredictionSetFormat.Write(writer, PredictionSets);
    }

    private static VersionInfo VersionOf(uint version) => new(
        modelSignature: "SNNMULTI",
        verWrittenCur: version,
        verReadableCur: version,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnMulticlassModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private protected override Dictionary<string, string> VariableOfColumns(string[] variables) =>
        new[] { DefaultColumnNames.PredictedLabel, DefaultColumnNames.Score, PredictionSetMapper.SetColumn }.Zip(variables).ToDictionary();

    internal override void AddTo(OnnxGraph graph) => ModelNodes.Add(graph, this);

    private protected override Delegate Mapper() => VectorMapper();

    /// <summary>The class that is predicted.</summary>
    private protected override int ExplainedOutput(ReadOnlySpan<float> features)
    {
        float[] probabilities = Predict(features);
        return Array.IndexOf(probabilities, probabilities.Max());
    }

    private protected override void CheckScoreIsKnown()
    {
        // Of the classes it is the predicted one.
    }
}
