using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>MNIST with the options that docs/ACCURACY.md names for images: five networks in one Fit, each judged alone and all together.</summary>
internal sealed class MnistEnsemble(string folder) : Mnist(folder, "MNIST, five networks with dropout", Alone, AccuracyOfOne, Measure.Accuracy)
{
    private static readonly Measure AccuracyOfOne = new("accuracy of one, median of the five");

    public override void Configure(SimpleNnOptionsBase options, int seed)
    {
        (options.Seed, options.EnsembleSize, options.HiddenLayers, options.Activation) = (seed, 5, [800, 800], Activation.GELU);
        (options.InputDropout, options.Dropout, options.NumberOfEpochs, options.EarlyStopping) = (0.2f, 0.3f, 30, false);
    }

    public override IReadOnlyDictionary<Measure, double> Judge(MLContext ml, ITransformer model, IDataView scored)
    {
        var networks = ((MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>)model).Model.Networks;
        float[][] pixels = [.. scored.GetColumn<float[]>("Features")];
        uint[] keys = [.. scored.GetColumn<uint>("Label")];
        double[] alone = [.. networks.Select(network => Accuracy(network, pixels, keys)).Order()];
        return new Dictionary<Measure, double>(Judges.Judge(ml, Problem, scored)) { [AccuracyOfOne] = alone[alone.Length / 2] };
    }

    private static double Accuracy(Network network, float[][] rows, uint[] keys)
    {
        float[] outputs = new float[network.Outputs];
        int right = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            network.Predict(rows[row], 1, outputs);
            if (Array.IndexOf(outputs, outputs.Max()) + 1 == keys[row]) right++;
        }

        return (double)right / rows.Length;
    }
}
