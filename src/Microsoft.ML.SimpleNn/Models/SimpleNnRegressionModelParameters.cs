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
/// number, or a vector where the label was one or where several quantiles were learnt. The slots of the vector have the names of the label's, where it has any,
/// or
/// the quantiles' probabilities.
/// </summary>
public sealed class SimpleNnRegressionModelParameters : SimpleNnSupervisedModelParametersBase<float>, ISchemaBindableMapper
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnRegression";

    private const uint NamesVersion = 0x00010002;

    private static readonly VersionInfo Version = VersionOf(
        // 0x00010001, first version
        // NamesVersion, names of the score's slots
        // NamesVersion + 1, input and output stages
        // NamesVersion + 2, a checksum
        NamesVersion + 3); // an interval

    /// <summary>What is written where there is no interval, so that the library that came before intervals reads it.</summary>
    private static readonly VersionInfo VersionWithoutInterval = VersionOf(NamesVersion + 2);

    private readonly ScoreMeaning _meaning;
    private readonly bool _isVector;
    private readonly string[]? _names;

    /// <summary>Creates a model.</summary>
    /// <param name="environment">The environment of the trainer.</param>
    /// <param name="trained">The trained networks.</param>
    /// <param name="meaning">What the networks' outputs become as scores.</param>
    /// <param name="isVector">Whether the score is a vector, of one number too.</param>
    /// <param name="names">The names of the vector's slots, one for each output; null for none.</param>
    internal SimpleNnRegressionModelParameters(
        IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained, ScoreMeaning meaning, bool isVector, string[]? names)
        : base(environment, LoaderSignature, trained)
    {
        (_meaning, _isVector, _names) = (meaning, isVector, names);
    }

    private SimpleNnRegressionModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context, out ModelReader reader)
    {
        // The header is not covered by the checksum, so that it decides only where there is none.
        bool tellsNames = reader.Version >= NetworkFormat.VersionWithChecksum || context.Header.ModelVerWritten >= NamesVersion;
        (_meaning, _isVector, _names, Interval) = Decode(() => RegressionFormat.Read(reader, Network.Outputs, tellsNames));
        CheckEnd(reader);
    }

    /// <summary>
    /// The interval around each score, whose bounds are the columns ScoreLower and ScoreUpper; null where none was asked for (IntervalCoverage).
    /// </summary>
    public PredictionInterval? Interval { get; internal init; }

    /// <summary>The names of the score's slots; null for none.</summary>
    internal IReadOnlyList<string>? SlotNames => _names;

    /// <summary>What the networks' outputs become as scores.</summary>
    internal ScoreMeaning Meaning => _meaning;

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => _isVector ? PredictionKind.MultiOutputRegression : PredictionKind.Regression;

    private protected override Loss Loss => _meaning switch
    {
        ScoreMeaning.Rate => Loss.Poisson,
        ScoreMeaning.Probability => Loss.SigmoidCrossEntropy,
        _ => Loss.SquaredError,
    };

    private protected override DataViewType OutputType =>
        _isVector ? new VectorDataViewType(NumberDataViewType.Single, Network.Outputs) : NumberDataViewType.Single;

    /// <summary>Reads a saved model; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnRegressionModelParameters Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnRegressionModelParameters(environment, context);
    }

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema)
    {
        string kind = _isVector ? AnnotationUtils.Const.ScoreColumnKind.MultiOutputRegression : AnnotationUtils.Const.ScoreColumnKind.Regression;
        ISchemaBindableMapper mapper = Interval is { } interval
            ? new IntervalScoreMapper(this, interval, least: _meaning == ScoreMeaning.Rate ? 0 : float.NegativeInfinity)
            : new NamedScoreMapper(this, kind, _names);
        return mapper.Bind(env, schema);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, Interval is null ? VersionWithoutInterval : Version, writer => RegressionFormat.Write(writer, _meaning, _isVector, _names, Interval));
    }

    private protected override Dictionary<string, string> VariableOfColumns(string[] variables) =>
        new[] { DefaultColumnNames.Score, IntervalScoreMapper.LowerColumn, IntervalScoreMapper.UpperColumn }.Zip(variables).ToDictionary();

    internal override void AddTo(OnnxGraph graph) => ModelNodes.Add(graph, this);

    private protected override Delegate Mapper() => _isVector ? VectorMapper() : NumberMapper();

    private static VersionInfo VersionOf(uint version) => new(
        modelSignature: "SNNREGRS",
        verWrittenCur: version,
        verReadableCur: version,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnRegressionModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);
}
