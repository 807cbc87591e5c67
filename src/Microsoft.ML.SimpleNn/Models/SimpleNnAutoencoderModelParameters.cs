using System.Buffers;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

[assembly: LoadableClass(typeof(SimpleNnAutoencoderModelParameters), null, typeof(SignatureLoadModel),
    "SimpleNn autoencoder model", SimpleNnAutoencoderModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The model of <see cref="SimpleNnAutoencoderTrainer"/>: a network that gives a row back after squeezing it through a bottleneck. What it
/// was not trained on it gives back badly, so the error tells anomalies. Its prediction is the reconstruction.
/// </summary>
public sealed class SimpleNnAutoencoderModelParameters : SimpleNnModelParametersBase<float>
{
    /// <summary>The name by which ML.NET finds the loader of a saved model.</summary>
    internal const string LoaderSignature = "SimpleNnAutoencoder";

    private static readonly VersionInfo Version = new(
        modelSignature: "SNNAUTOE",
        // verWrittenCur: 0x00010001, first version
        // verWrittenCur: 0x00010002, input and output stages
        verWrittenCur: 0x00010003, // a checksum
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SimpleNnAutoencoderModelParameters).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private readonly ReconstructionError _error;

    internal SimpleNnAutoencoderModelParameters(IHostEnvironment environment, IReadOnlyList<TrainedNetwork> trained, ReconstructionError error, float threshold)
        : base(environment, LoaderSignature, trained)
    {
        _error = error;
        Threshold = threshold;
        Encoder = FirstHalf(Network);
    }

    private SimpleNnAutoencoderModelParameters(IHostEnvironment environment, ModelLoadContext context)
        : base(environment, LoaderSignature, context, out ModelReader reader)
    {
        (Threshold, _error) = Decode(() => ReadTask(reader));
        CheckEnd(reader);
        Encoder = FirstHalf(Network);
    }

    /// <summary>
    /// The layers from the features to the bottleneck, shared with the whole network, which is <see cref="SimpleNnModelParametersBase{TOutput}.Network"/>.
    /// Both take the features as they are in the data.
    /// </summary>
    public Network Encoder { get; }

    /// <summary>
    /// The score above which a row is an anomaly, as the training chose it. ML.NET's <c>AnomalyDetection.ChangeModelThreshold</c> gives a
    /// transformer with another threshold; it leaves the model, and so this number, as it is.
    /// </summary>
    public float Threshold { get; }

    /// <summary>The factor of each feature [features], which counts where the network has no input stage.</summary>
    internal ReadOnlySpan<float> ErrorFactors => _error.Factors;

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.AnomalyDetection;

    private protected override Loss Loss => Loss.SquaredError;

    private protected override int ScoreLength => 1;

    private protected override DataViewType OutputType => NumberDataViewType.Single;

    /// <summary>Reads a saved model; ML.NET calls it. It must be more visible than the constructor, or loading fails.</summary>
    internal static SimpleNnAutoencoderModelParameters Create(IHostEnvironment environment, ModelLoadContext context)
    {
        Contracts.CheckValue(environment, nameof(environment));
        environment.CheckValue(context, nameof(context));
        context.CheckAtModel(Version);
        return new SimpleNnAutoencoderModelParameters(environment, context);
    }

    /// <summary>What the network makes of one row: the same as <c>Predict</c>, by the name of the field.</summary>
    /// <param name="features">The features [features], in the order of the training data.</param>
    /// <returns>The reconstruction [features], in the units of the data.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    public float[] Reconstruct(ReadOnlySpan<float> features) => Predict(features);

    /// <summary>What the network makes of a batch of rows: the same as <c>Predict</c>, by the name of the field.</summary>
    /// <param name="features">The features [rows x features], row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="reconstructions">Takes the reconstructions [rows x features], in the units of the data; NaN for a row with a feature that is NaN or
    /// infinite.</param>
    /// <exception cref="ArgumentException">The length of a span is not what the number of rows asks for.</exception>
    public void Reconstruct(ReadOnlySpan<float> features, int rows, Span<float> reconstructions) => Predict(features, rows, reconstructions);

    /// <summary>The bottleneck's outputs for one row: the row in few numbers.</summary>
    /// <param name="features">The features [features], in the order of the training data.</param>
    /// <returns>The code [bottleneck], NaN when a feature is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    public float[] Encode(ReadOnlySpan<float> features)
    {
        float[] code = new float[Encoder.Outputs];
        Encode(features, 1, code);
        return code;
    }

    /// <summary>The bottleneck's outputs for a batch of rows, without allocating.</summary>
    /// <param name="features">The features [rows x features], row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="codes">Takes the codes [rows x bottleneck], NaN for a row with a feature that is NaN or infinite.</param>
    /// <exception cref="ArgumentException">The length of a span is not what the number of rows asks for.</exception>
    public void Encode(ReadOnlySpan<float> features, int rows, Span<float> codes)
    {
        CheckFeatures(features, rows);
        if (codes.Length != (long)rows * Encoder.Outputs)
            throw new ArgumentException($"There is room for {codes.Length} code values of {rows} {(rows == 1 ? "row" : "rows")}, but the bottleneck gives " +
                $"{Encoder.Outputs} a row.", nameof(codes));
        Encoder.Predict(features, rows, codes);
        BlankMissing(features, codes, Encoder.Outputs);
    }

    /// <summary>The code of one row, dense or sparse: the same bits for the same values.</summary>
    internal void Encode(in VBuffer<float> features, Span<float> code)
    {
        if (features.Length != Network.Inputs)
            throw Host.Except($"The row has {features.Length} features, but the model takes {Network.Inputs}.");
        if (features.IsDense)
        {
            Encode(features.GetValues(), 1, code);
            return;
        }
        Encoder.Predict(features.GetIndices(), features.GetValues(), code);
        if (!AllUsable(features.GetValues()))
            code.Fill(float.NaN);
    }

    /// <summary>
    /// The error with which the network gives one row back: the mean over the features of the squared error, each feature in the unit in
    /// which the network was trained on it (see <see cref="SimpleNnAutoencoderTrainer"/>).
    /// </summary>
    /// <param name="features">The features [features], in the order of the training data.</param>
    /// <returns>The score, 0 or more; NaN when a feature is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        float score = 0;
        Score(features, 1, new Span<float>(ref score));
        return score;
    }

    /// <summary>The errors with which the network gives a batch of rows back, without allocating.</summary>
    /// <param name="features">The features [rows x features], row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="scores">Takes the scores [rows], each 0 or more; NaN for a row with a feature that is NaN or infinite.</param>
    /// <exception cref="ArgumentException">The length of a span is not what the number of rows asks for.</exception>
    public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        CheckFeatures(features, rows);
        if (scores.Length != rows)
            throw new ArgumentException($"There is room for {scores.Length} scores of {rows} {(rows == 1 ? "row" : "rows")}.", nameof(scores));
        _error.Score(features, scores);
    }

    /// <summary>What each feature adds to the score of a row: which of them make it an anomaly.</summary>
    /// <param name="features">The features [features], in the order of the training data.</param>
    /// <returns>The squared errors [features], whose mean is the score; NaN for a feature that is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    public float[] ScoreByFeature(ReadOnlySpan<float> features)
    {
        CheckFeatures(features, 1);
        return _error.ByFeature(features);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        SaveNetwork(ctx, Version, writer => AutoencoderFormat.Write(writer, Threshold, _error.Factors));
    }

    private protected override void ScoreRows(ReadOnlySpan<float> features, int rows, Span<float> scores) => Score(features, rows, scores);

    internal override void AddTo(OnnxGraph graph) => ModelNodes.Add(graph, this);

    private protected override Delegate Mapper() => new ValueMapper<VBuffer<float>, float>((in VBuffer<float> features, ref float score) =>
    {
        if (features.Length != Network.Inputs)
            throw Host.Except($"The row has {features.Length} features, but the model takes {Network.Inputs}.");
        if (features.IsDense)
        {
            var result = new Span<float>(ref score);
            if (!RowsAhead.TryGetScore(this, in features, result))
                ScoreRows(features.GetValues(), 1, result);
            return;
        }
        float[] buffer = ArrayPool<float>.Shared.Rent(features.Length);
        try
        {
            Span<float> dense = buffer.AsSpan(0, features.Length);
            features.CopyTo(dense);
            score = Score(dense);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    });

    private (float Threshold, ReconstructionError Error) ReadTask(ModelReader reader)
    {
        if (Networks.Count != 1)
            throw ModelReader.Damaged($"it has {Networks.Count} networks, an autoencoder has one");
        if (Network.Inputs != Network.Outputs || Network.Layers.Count % 2 != 0)
        {
            const string Wanted = "an even number and as many outputs as inputs";
            throw ModelReader.Damaged(
                $"its network has {Network.Layers.Count} layers from {Network.Inputs} inputs to {Network.Outputs} outputs, an autoencoder has {Wanted}");
        }

        (float threshold, float[] factors) = AutoencoderFormat.Read(reader, Network.Inputs);
        return (threshold, new ReconstructionError(Network, factors));
    }

    private static Network FirstHalf(Network network) => network.Take(network.Layers.Count / 2);
}
