using DigitDrawing.Digits;
using Microsoft.ML;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

namespace DigitDrawing.Model;

/// <summary>Recognizes digits, and shows how. Not for two threads at once, as a prediction engine is not.</summary>
internal sealed class Recognizer : IDisposable
{
    private readonly SimpleNnMulticlassModelParameters _parameters;
    private readonly PredictionEngine<DigitRow, DigitScores> _engine;
    private readonly Workspace _workspace;

    /// <summary>Takes the memory.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The trained pipeline.</param>
    /// <param name="parameters">Its network.</param>
    public Recognizer(MLContext ml, ITransformer model, SimpleNnMulticlassModelParameters parameters)
    {
        _parameters = parameters;
        _engine = ml.Model.CreatePredictionEngine<DigitRow, DigitScores>(model);
        _workspace = new Workspace(parameters.Network, maximumRows: 1);
    }

    /// <param name="pixels">The ink of each pixel [784], row by row, from 0 to 1.</param>
    public Answer Recognize(float[] pixels)
    {
        float[] probabilities = [.. _engine.Predict(new DigitRow { Pixels = pixels }).Score];
        int digit = Array.IndexOf(probabilities, probabilities.Max());

        // The same network once more, layer by layer, to see what its units say.
        _workspace.Batch.Set(pixels);
        _parameters.Network.Forward(_workspace);
        float[][] hiddenLayers = [.. Enumerable.Range(0, _parameters.Network.Layers.Count - 1).Select(_workspace.GetOutputs)];

        return new Answer(digit, probabilities, pixels, _parameters.GetFeatureContributions(pixels, digit), hiddenLayers);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _workspace.Dispose();
    }
}
