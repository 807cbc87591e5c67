using Microsoft.ML.Calibrators;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Export;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>Saves models as ONNX: <c>model.Model.SaveAsOnnx("model.onnx")</c>.</summary>
/// <remarks>
/// The file takes features as they are in the data: what the network does to its inputs and outputs is in the graph. It has one input, <c>Features</c> [rows x features] of float32, of any number of
/// rows, with NaN where a feature is missing. The outputs have the names and the values of ML.NET's columns:
/// <list type="table">
/// <listheader><term>model</term><description>outputs</description></listheader>
/// <item><term>regression</term><description><c>Score</c> float32 [rows x numbers]; with an interval <c>ScoreLower</c> and <c>ScoreUpper</c> float32 [rows x 1]</description></item>
/// <item><term>multiclass</term><description><c>PredictedLabel</c> uint32 [rows x 1], the key counted from 1, 0 for a row that cannot be scored; <c>Score</c> float32 [rows x classes]; with prediction sets <c>PredictionSet</c> bool [rows x classes]</description></item>
/// <item><term>binary</term><description><c>PredictedLabel</c> bool [rows x 1]; <c>Score</c> and <c>Probability</c> float32 [rows x 1]</description></item>
/// <item><term>autoencoder</term><description><c>PredictedLabel</c> bool [rows x 1]; <c>Score</c> float32 [rows x 1]; <c>Reconstruction</c> float32 [rows x features]; <c>Code</c> float32 [rows x bottleneck]</description></item>
/// </list>
/// The names of classes, or of the score's slots, stand in the metadata as a JSON array, under <c>ClassNames</c> or <c>SlotNames</c>. The operators are those of opset 13.
/// </remarks>
public static class SimpleNnOnnxExtensions
{
    /// <summary>Saves a model to a file of ONNX, as a whole or not at all.</summary>
    /// <typeparam name="TOutput">The score of a row, which the compiler finds out.</typeparam>
    /// <param name="model">The model: that of a multiclass, binary, regression or autoencoder trainer, with one network or several.</param>
    /// <param name="filePath">The file. It need not exist; its folder must. On a failure the old one stays as it was.</param>
    /// <exception cref="ArgumentNullException">The model or the path is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="NotSupportedException">The model is larger than a file of ONNX can be, 2 GiB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    public static void SaveAsOnnx<TOutput>(this SimpleNnModelParametersBase<TOutput> model, string filePath)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxFile.Write(model.Networks, () => ModelGraphs.Of(model), filePath);
    }

    /// <summary>Saves a model to a stream as ONNX.</summary>
    /// <typeparam name="TOutput">The score of a row, which the compiler finds out.</typeparam>
    /// <param name="model">The model: that of a multiclass, binary, regression or autoencoder trainer, with one network or several.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <exception cref="ArgumentNullException">The model or the stream is null.</exception>
    /// <exception cref="NotSupportedException">The model is larger than a file of ONNX can be, 2 GiB.</exception>
    public static void SaveAsOnnx<TOutput>(this SimpleNnModelParametersBase<TOutput> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxFile.Write(model.Networks, () => ModelGraphs.Of(model), stream);
    }

    /// <summary>Saves the model of a binary trainer, with its calibrator, to a file of ONNX, as a whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="filePath">The file. It need not exist; its folder must. On a failure the old one stays as it was.</param>
    /// <inheritdoc cref="SaveAsOnnx{TOutput}(SimpleNnModelParametersBase{TOutput}, string)" path="/exception"/>
    public static void SaveAsOnnx(this CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> model, string filePath)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.SubModel.SaveAsOnnx(filePath);
    }

    /// <summary>Saves the model of a binary trainer, with its calibrator, to a stream as ONNX.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <inheritdoc cref="SaveAsOnnx{TOutput}(SimpleNnModelParametersBase{TOutput}, Stream)" path="/exception"/>
    public static void SaveAsOnnx(this CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.SubModel.SaveAsOnnx(stream);
    }

    /// <summary>Saves a network of the engine to a file of ONNX, as a whole or not at all. Its output <c>Score</c> has what <see cref="Network.Predict(ReadOnlySpan{float}, int, Span{float})"/> gives.</summary>
    /// <param name="network">The network.</param>
    /// <param name="filePath">The file. It need not exist; its folder must. On a failure the old one stays as it was.</param>
    /// <inheritdoc cref="SaveAsOnnx{TOutput}(SimpleNnModelParametersBase{TOutput}, string)" path="/exception"/>
    public static void SaveAsOnnx(this Network network, string filePath)
    {
        ArgumentNullException.ThrowIfNull(network);
        OnnxFile.Write([network], () => ModelGraphs.Of(network), filePath);
    }

    /// <summary>Saves a network of the engine to a stream as ONNX. Its output <c>Score</c> has what <see cref="Network.Predict(ReadOnlySpan{float}, int, Span{float})"/> gives.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <inheritdoc cref="SaveAsOnnx{TOutput}(SimpleNnModelParametersBase{TOutput}, Stream)" path="/exception"/>
    public static void SaveAsOnnx(this Network network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        OnnxFile.Write([network], () => ModelGraphs.Of(network), stream);
    }
}
