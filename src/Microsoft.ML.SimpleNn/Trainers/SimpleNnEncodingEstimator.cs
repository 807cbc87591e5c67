using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> that adds the code of each row, the outputs of an autoencoder's bottleneck, as a column.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this estimator, use `mlContext.Transforms.SimpleNnEncode(...)`. Either Fit trains an autoencoder on the input
/// column, or the estimator was given one that is already trained, and Fit learns nothing.
///
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes, unless a trained autoencoder is given |
/// | Input column data type | Vector of `Single` of known size |
/// | Output column data type | Vector of `Single`, of the size of the bottleneck |
/// | Required NuGet in addition to Microsoft.ML | Microsoft.ML.SimpleNn |
/// | Exportable to ONNX | Yes |
/// ]]></format>
/// </remarks>
public sealed class SimpleNnEncodingEstimator : IEstimator<SimpleNnEncodingTransformer>
{
    private readonly IHost _host;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly SimpleNnAutoencoderModelParameters? _model;
    private readonly SimpleNnAutoencoderTrainer? _trainer;

    internal SimpleNnEncodingEstimator(IHostEnvironment environment, string outputColumnName, string? inputColumnName, SimpleNnAutoencoderModelParameters model)
        : this(environment, outputColumnName, inputColumnName)
    {
        _host.CheckValue(model, nameof(model));
        _model = model;
    }

    internal SimpleNnEncodingEstimator(
        IHostEnvironment environment, string outputColumnName, string? inputColumnName, SimpleNnAutoencoderTrainer.Options options)
        : this(environment, outputColumnName, inputColumnName)
    {
        var own = (SimpleNnAutoencoderTrainer.Options)options.Copy();
        own.FeatureColumnName = _inputColumnName;
        _trainer = new SimpleNnAutoencoderTrainer(environment, own);
    }

    private SimpleNnEncodingEstimator(IHostEnvironment environment, string outputColumnName, string? inputColumnName)
    {
        Contracts.CheckValue(environment, nameof(environment));
        _host = environment.Register(nameof(SimpleNnEncodingEstimator));
        _host.CheckNonWhiteSpace(outputColumnName, nameof(outputColumnName));
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName ?? outputColumnName;
    }

    /// <summary>Trains the autoencoder, where none was given.</summary>
    /// <param name="input">The training rows.</param>
    /// <returns>The transformer that adds the codes.</returns>
    public SimpleNnEncodingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        var transformer = new SimpleNnEncodingTransformer(_host, _outputColumnName, _inputColumnName, _model ?? _trainer!.Fit(input).Model);
        transformer.GetOutputSchema(input.Schema); // a given model is held against the data here, not first where it is used
        return transformer;
    }

    /// <summary>Foretells the columns of the data that the transformer gives.</summary>
    /// <param name="inputSchema">The columns of the training data.</param>
    /// <returns>Those columns and the code.</returns>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        FeatureReader.CheckColumn(_host, inputSchema, _inputColumnName);
        SchemaShape.Column code = new(_outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);
        return new SchemaShape(inputSchema.Where(column => column.Name != _outputColumnName).Append(code));
    }
}
