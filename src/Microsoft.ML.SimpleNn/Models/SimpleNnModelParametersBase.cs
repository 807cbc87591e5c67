using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// A trained network as ML.NET's model parameters: predicts, saves and loads. A task adds its loss, which turns the
/// network's outputs into predictions, and the type of the score. Predicting is safe from many threads at once.
/// </summary>
/// <typeparam name="TOutput">The score of a row: a vector, or a single number.</typeparam>
public abstract class SimpleNnModelParametersBase<TOutput> : ModelParametersBase<TOutput>, IValueMapper
{
    private readonly VectorDataViewType _inputType;

    private protected SimpleNnModelParametersBase(IHostEnvironment environment, string name, Network network, TrainingHistory history)
        : base(environment, name)
    {
        Network = network;
        TrainingHistory = history;
        _inputType = new VectorDataViewType(NumberDataViewType.Single, network.Inputs);
    }

    private protected SimpleNnModelParametersBase(IHostEnvironment environment, string name, ModelLoadContext context)
        : base(environment, name, context)
    {
        try
        {
            (Network, TrainingHistory) = NetworkFormat.Read(context.Reader);
        }
        catch (FormatException e)
        {
            // ML.NET tells only exceptions of its own context from bugs.
            throw Host.ExceptDecode(e, e.Message);
        }
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Network.Inputs);
    }

    /// <summary>The trained network. It takes the features as they are in the data.</summary>
    public Network Network { get; }

    /// <summary>The course of the training that gave the network, epoch by epoch.</summary>
    public TrainingHistory TrainingHistory { get; }

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => OutputType;

    /// <summary>The loss that the network was trained with; it turns outputs into predictions.</summary>
    private protected abstract Loss Loss { get; }

    /// <summary>Whether the score column has the predictions; otherwise it has the network's outputs as they are.</summary>
    private protected virtual bool ScoreIsPrediction => true;

    /// <summary>The type of the score column.</summary>
    private protected abstract DataViewType OutputType { get; }

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
    /// Predicts a batch of rows, without allocating. A row with a feature that is NaN or infinite gets NaN for each output.
    /// </summary>
    /// <param name="features">The features [rows x features], row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="predictions">Takes the predictions [rows x outputs].</param>
    /// <exception cref="ArgumentException">The length of a span is not what the number of rows asks for.</exception>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> predictions)
    {
        CheckFeatures(features, rows);
        if (predictions.Length != (long)rows * Network.Outputs)
            throw new ArgumentException($"There is room for {predictions.Length} predictions of {rows} {(rows == 1 ? "row" : "rows")}, but the model gives {Network.Outputs} a row.", nameof(predictions));
        Run(features, rows, predictions, toPrediction: true);
    }

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "The features must be a vector of Single.");
        Host.Check(typeof(TDestination) == typeof(TOutput), "The score has another type.");
        return (ValueMapper<TSource, TDestination>)(Delegate)Mapper();
    }

    /// <summary>A function from the features of a row to its score.</summary>
    private protected abstract ValueMapper<VBuffer<float>, TOutput> Mapper();

    /// <summary>Computes the score of one row, dense or sparse: the same bits for the same values.</summary>
    private protected void ScoreRow(in VBuffer<float> features, Span<float> score)
    {
        if (features.Length != Network.Inputs)
            throw Host.Except($"The row has {features.Length} features, but the model takes {Network.Inputs}.");
        if (features.IsDense)
        {
            Run(features.GetValues(), 1, score, ScoreIsPrediction);
            return;
        }
        Network.Predict(features.GetIndices(), features.GetValues(), score);
        if (ScoreIsPrediction)
            Loss.ToPrediction(score, 1, Network.Outputs);
        if (!AllFinite(features.GetValues()))
            score.Fill(float.NaN);
    }

    /// <summary>Throws when there are not as many feature values as rows ask for.</summary>
    private protected void CheckFeatures(ReadOnlySpan<float> features, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (features.Length != (long)rows * Network.Inputs)
            throw new ArgumentException($"{features.Length} feature values were given for {rows} {(rows == 1 ? "row" : "rows")}, but the model takes {Network.Inputs} features a row.", nameof(features));
    }

    /// <summary>Makes the results of each row with a missing feature NaN: an activation such as ReLU can turn NaN into 0, and they would look like any other.</summary>
    /// <param name="features">The features [rows x features].</param>
    /// <param name="results">The results [rows x resultsPerRow].</param>
    /// <param name="resultsPerRow">The results of a row.</param>
    private protected void BlankMissing(ReadOnlySpan<float> features, Span<float> results, int resultsPerRow)
    {
        for (int row = 0; row < results.Length / resultsPerRow; row++)
            if (!AllFinite(features.Slice(row * Network.Inputs, Network.Inputs)))
                results.Slice(row * resultsPerRow, resultsPerRow).Fill(float.NaN);
    }

    /// <summary>Writes the model; the task's loader signature and version come with the version information.</summary>
    private protected void SaveNetwork(ModelSaveContext context, VersionInfo version)
    {
        context.SetVersionInfo(version);
        NetworkFormat.Write(context.Writer, Network, TrainingHistory);
    }

    private void Run(ReadOnlySpan<float> features, int rows, Span<float> results, bool toPrediction)
    {
        Network.Predict(features, rows, results);
        if (toPrediction)
            Loss.ToPrediction(results, rows, Network.Outputs);
        BlankMissing(features, results, Network.Outputs);
    }

    private protected static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }
}
