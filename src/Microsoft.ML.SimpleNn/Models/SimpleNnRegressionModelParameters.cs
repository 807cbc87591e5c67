using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

[assembly: LoadableClass(typeof(SimpleNnRegressionModelParameters), null, typeof(SignatureLoadModel),
    "SimpleNn regression model", SimpleNnRegressionModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The model of <see cref="SimpleNnRegressionTrainer"/>: a network whose outputs are the numbers of the label, in their unit. The Score column is a
/// number, or a vector where the label was one or where several quantiles were learnt.
/// </summary>
public sealed class SimpleNnRegressionModelParameters : SimpleNnModelParametersBase<float>
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnRegression";

    private static readonly VersionInfo Version = new(
        modelSignature: "SNNREGRS",
        verWrittenCur: 0x00010001, // first version
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnRegressionModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private readonly ScoreMeaning _meaning;
    private readonly bool _isVector;

    internal SimpleNnRegressionModelParameters(IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained, ScoreMeaning meaning, bool isVector)
        : base(environment, LoaderSignature, trained)
    {
        (_meaning, _isVector) = (meaning, isVector);
    }

    private SimpleNnRegressionModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context)
    {
        try
        {
            _meaning = (ScoreMeaning)context.Reader.ReadByte();
            _isVector = context.Reader.ReadBoolean();
        }
        catch (EndOfStreamException e)
        {
            throw Host.ExceptDecode(e, "The model cannot be read: the file ends too early.");
        }

        if (!Enum.IsDefined(_meaning))
            throw Host.ExceptDecode($"The model is damaged: its scores have the unknown meaning {(byte)_meaning}.");
        if (!_isVector && Network.Outputs != 1)
            throw Host.ExceptDecode($"The model is damaged: its score is a number, but its network has {Network.Outputs} outputs.");
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => _isVector ? PredictionKind.MultiOutputRegression : PredictionKind.Regression;

    private protected override Loss Loss => _meaning switch
    {
        ScoreMeaning.Rate => Loss.Poisson,
        ScoreMeaning.Probability => Loss.SigmoidCrossEntropy,
        _ => Loss.SquaredError,
    };

    private protected override DataViewType OutputType => _isVector ? new VectorDataViewType(NumberDataViewType.Single, Network.Outputs) : NumberDataViewType.Single;

    /// <summary>Reads a saved model; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnRegressionModelParameters Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnRegressionModelParameters(environment, context);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, Version);
        ctx.Writer.Write((byte)_meaning);
        ctx.Writer.Write(_isVector);
    }

    private protected override Delegate Mapper() => _isVector ? VectorMapper() : NumberMapper();
}
