using System.Buffers;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// A trained network, or several whose predictions are averaged, as ML.NET's model parameters: predicts, saves and loads. A task adds its loss, which turns the
/// network's outputs into predictions, and the type of the score. Predicting is safe from many threads at once.
/// </summary>
/// <typeparam name="TOutput">The score of a row: a vector, or a single number.</typeparam>
public abstract partial class SimpleNnModelParametersBase<TOutput> : ModelParametersBase<TOutput>, IValueMapper, IBatchScorer
{
    private const int OutputsAtOnce = 1 << 14;
    private readonly VectorDataViewType _inputType;

    private protected SimpleNnModelParametersBase(IHostEnvironment environment, string name, IReadOnlyList<TrainedNetwork> trained)
        : base(environment, name)
    {
        Trained = trained;
        (Networks, TrainingHistories) = ([.. Trained.Select(one => one.Network)], [.. Trained.Select(one => one.History)]);
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Network.Inputs);
    }

    /// <summary>Reads the networks of a saved model.</summary>
    /// <param name="environment">The environment of the loader.</param>
    /// <param name="name">The name of the model on the log.</param>
    /// <param name="context">The file.</param>
    /// <param name="reader">Reads what the task has added; then comes <see cref="ModelReader.CheckEnd"/>, by <see cref="Decode{T}"/> both.</param>
    private protected SimpleNnModelParametersBase(IHostEnvironment environment, string name, ModelLoadContext context, out ModelReader reader)
        : base(environment, name, context)
    {
        (reader, Trained) = Decode(() =>
        {
            ModelReader body = NetworkFormat.Open(context.Reader, context.FpMin + context.Header.FpModel + context.Header.CbModel);
            return (body, NetworkFormat.ReadNetworks(body));
        });
        (Networks, TrainingHistories) = ([.. Trained.Select(one => one.Network)], [.. Trained.Select(one => one.History)]);
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Network.Inputs);
    }

    /// <summary>The trained network, of an ensemble the first. It takes the features as they are in the data.</summary>
    public Network Network => Trained[0].Network;

    /// <summary>The course of the training that gave the network, of an ensemble the first, epoch by epoch.</summary>
    public TrainingHistory TrainingHistory => Trained[0].History;

    /// <summary>The trained networks: one, or those of an ensemble, whose predictions are averaged.</summary>
    public IReadOnlyList<Network> Networks { get; }

    /// <summary>The course of the training of each of <see cref="Networks"/>.</summary>
    public IReadOnlyList<TrainingHistory> TrainingHistories { get; }

    /// <summary>What the training gave.</summary>
    internal IReadOnlyList<TrainedNetwork> Trained { get; }

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => OutputType;

    int IBatchScorer.Inputs => Network.Inputs;

    int IBatchScorer.ScoreLength => ScoreLength;

    long IBatchScorer.OperationsPerRow => Networks.Sum(network => network.ParameterCount);

    /// <summary>The loss that the network was trained with; it turns outputs into predictions.</summary>
    private protected abstract Loss Loss { get; }

    /// <summary>Whether the score column has the predictions; otherwise it has the network's outputs as they are.</summary>
    private protected virtual bool ScoreIsPrediction => true;

    /// <summary>The numbers in the score of a row.</summary>
    private protected virtual int ScoreLength => Network.Outputs;

    /// <summary>The type of the score column.</summary>
    private protected abstract DataViewType OutputType { get; }

    /// <summary>The outputs whose prediction is the mean of the networks' predictions, for a score of outputs as they are.</summary>
    /// <param name="outputs">The outputs [networks x rows x outputs].</param>
    /// <param name="averages">Takes the averages [rows x outputs].</param>
    private protected virtual void AverageOutputs(ReadOnlySpan<float> outputs, Span<float> averages) => Mean(outputs, averages);

    /// <summary>Predicts one row.</summary>
    /// <param name="features">The features [features], in the order of the training data.</param>
    /// <returns>The prediction [outputs].</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    public float[] Predict(ReadOnlySpan<float> features)
    {
        float[] predictions = new float[Network.Outputs];
        Predict(features, 1, predictions);
        return predictions;
    }

    /// <summary>
    /// Predicts a batch of rows, without allocating. A feature that is NaN is missing; a row with one that is infinite, or missing where the model was trained
    /// to refuse that, gets NaN for each output.
    /// </summary>
    /// <param name="features">The features [rows x features], row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="predictions">Takes the predictions [rows x outputs].</param>
    /// <exception cref="ArgumentException">The length of a span is not what the number of rows asks for.</exception>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> predictions)
    {
        CheckFeatures(features, rows);
        if (predictions.Length != (long)rows * Network.Outputs)
            throw new ArgumentException($"There is room for {predictions.Length} predictions of {rows} {(rows == 1 ? "row" : "rows")}, but the model gives " +
                $"{Network.Outputs} a row.", nameof(predictions));
        Run(features, rows, predictions, toPrediction: true);
    }

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "The features must be a vector of Single.");
        return Mapper() as ValueMapper<TSource, TDestination> ?? throw Host.Except("The score has another type.");
    }

    void IBatchScorer.Score(ReadOnlySpan<float> features, int rows, Span<float> scores) => ScoreRows(features, rows, scores);

    /// <summary>Computes the scores of rows.</summary>
    /// <param name="features">The features [rows x features].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="scores">Takes the scores [rows x <see cref="ScoreLength"/>].</param>
    private protected virtual void ScoreRows(ReadOnlySpan<float> features, int rows, Span<float> scores) => Run(features, rows, scores, ScoreIsPrediction);

    /// <summary>A function from the features of a row to its score.</summary>
    private protected abstract Delegate Mapper();

    /// <summary>The <see cref="Mapper"/> of a score that is a number.</summary>
    private protected ValueMapper<VBuffer<float>, float> NumberMapper() =>
        (in VBuffer<float> features, ref float score) => ScoreRow(in features, new Span<float>(ref score));

    /// <summary>The <see cref="Mapper"/> of a score that is a vector.</summary>
    private protected ValueMapper<VBuffer<float>, VBuffer<float>> VectorMapper() =>
        (in VBuffer<float> features, ref VBuffer<float> score) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref score, Network.Outputs);
            ScoreRow(in features, editor.Values);
            score = editor.Commit();
        };

    /// <summary>Computes the score of one row, dense or sparse: the same bits for the same values.</summary>
    private protected void ScoreRow(in VBuffer<float> features, Span<float> score)
    {
        if (features.Length != Network.Inputs)
            throw Host.Except($"The row has {features.Length} features, but the model takes {Network.Inputs}.");
        if (features.IsDense)
        {
            if (!RowsAhead.TryGetScore(this, in features, score))
                ScoreRows(features.GetValues(), 1, score);
            return;
        }
        if (Trained.Count > 1)
            RunEnsemble(features.GetIndices(), features.GetValues(), score, ScoreIsPrediction);
        else
        {
            Network.Predict(features.GetIndices(), features.GetValues(), score);
            if (ScoreIsPrediction)
                Loss.ToPrediction(score, 1, Network.Outputs);
        }
        if (!AllUsable(features.GetValues()))
            score.Fill(float.NaN);
    }

    /// <summary>Throws when there are not as many feature values as rows ask for.</summary>
    private protected void CheckFeatures(ReadOnlySpan<float> features, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (features.Length != (long)rows * Network.Inputs)
            throw new ArgumentException($"{features.Length} feature values were given for {rows} {(rows == 1 ? "row" : "rows")}, but the model takes " +
                $"{Network.Inputs} features a row.", nameof(features));
    }

    /// <summary>
    /// Makes the results of each row with a feature that cannot be used NaN: an activation such as ReLU can turn NaN into 0, and they would look like any
    /// other.
    /// </summary>
    /// <param name="features">The features [rows x features].</param>
    /// <param name="results">The results [rows x resultsPerRow].</param>
    /// <param name="resultsPerRow">The results of a row.</param>
    private protected void BlankMissing(ReadOnlySpan<float> features, Span<float> results, int resultsPerRow)
    {
        for (int row = 0; row < results.Length / resultsPerRow; row++)
            if (!AllUsable(features.Slice(row * Network.Inputs, Network.Inputs)))
                results.Slice(row * resultsPerRow, resultsPerRow).Fill(float.NaN);
    }

    /// <summary>Writes the model; the task's loader signature and version come with the version information.</summary>
    /// <param name="context">The file.</param>
    /// <param name="version">The version information.</param>
    /// <param name="writeTask">Writes what the task adds, which the checksum covers too; null for nothing.</param>
    private protected void SaveNetwork(ModelSaveContext context, VersionInfo version, Action<BinaryWriter>? writeTask = null)
    {
        context.SetVersionInfo(version);
        NetworkFormat.Write(context.Writer, Trained, writeTask);
    }

    /// <summary>Reads a part of the file. ML.NET tells only exceptions of its own context from bugs.</summary>
    private protected T Decode<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw Host.ExceptDecode(e, e.Message);
        }
        catch (EndOfStreamException)
        {
            FormatException e = ModelReader.TooShort();
            throw Host.ExceptDecode(e, e.Message);
        }
    }

    /// <summary>Checks that nothing follows what has been read.</summary>
    private protected void CheckEnd(ModelReader reader) => Decode(() =>
    {
        reader.CheckEnd();
        return true;
    });

    private void Run(ReadOnlySpan<float> features, int rows, Span<float> results, bool toPrediction)
    {
        if (Trained.Count > 1)
            RunEnsemble(features, rows, results, toPrediction);
        else
        {
            Network.Predict(features, rows, results);
            if (toPrediction)
                Loss.ToPrediction(results, rows, Network.Outputs);
        }
        BlankMissing(features, results, Network.Outputs);
    }

    /// <summary>Averages block by block, so that the outputs of all networks take little room.</summary>
    private void RunEnsemble(ReadOnlySpan<float> features, int rows, Span<float> results, bool toPrediction)
    {
        int inputs = Network.Inputs, outputs = Network.Outputs;
        int rowsAtOnce = Math.Clamp(OutputsAtOnce / (Trained.Count * outputs), 1, Math.Max(1, rows));
        float[] buffer = ArrayPool<float>.Shared.Rent(Trained.Count * rowsAtOnce * outputs);
        for (int first = 0; first < rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows - first), length = count * outputs;
            for (int i = 0; i < Trained.Count; i++)
                Trained[i].Network.Predict(features.Slice(first * inputs, count * inputs), count, buffer.AsSpan(i * length, length));
            Average(buffer.AsSpan(0, Trained.Count * length), results.Slice(first * outputs, length), toPrediction);
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>Averages for a sparse row.</summary>
    private void RunEnsemble(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> results, bool toPrediction)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(Trained.Count * results.Length);
        for (int i = 0; i < Trained.Count; i++)
            Trained[i].Network.Predict(indices, values, buffer.AsSpan(i * results.Length, results.Length));
        Average(buffer.AsSpan(0, Trained.Count * results.Length), results, toPrediction);
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>The mean prediction of the networks, or the outputs that stand for it.</summary>
    /// <param name="outputs">The outputs [networks x rows x outputs]; overwritten.</param>
    /// <param name="results">Takes the mean [rows x outputs].</param>
    /// <param name="toPrediction">Whether the prediction is asked for.</param>
    private protected void Average(Span<float> outputs, Span<float> results, bool toPrediction)
    {
        if (!toPrediction)
        {
            AverageOutputs(outputs, results);
            return;
        }
        Loss.ToPrediction(outputs, outputs.Length / Network.Outputs, Network.Outputs);
        Mean(outputs, results);
    }

    /// <summary>The means, added up in the order of the networks.</summary>
    private static void Mean(ReadOnlySpan<float> values, Span<float> means)
    {
        int networks = values.Length / means.Length;
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < networks; k++)
                sum += values[(k * means.Length) + i];
            means[i] = (float)(sum / networks);
        }
    }

    /// <summary>Whether no feature is infinite, or missing where the network refuses that.</summary>
    private protected bool AllUsable(ReadOnlySpan<float> values)
    {
        bool acceptsMissing = Network.InputStage is { AcceptsMissing: true };
        foreach (float value in values)
            if (!float.IsFinite(value) && !(acceptsMissing && float.IsNaN(value)))
                return false;
        return true;
    }
}
