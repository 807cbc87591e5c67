using DigitImages.Data;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>MNIST with the options that docs/ACCURACY.md names for images: five networks in one Fit, each judged alone and all together.</summary>
internal sealed class MnistEnsemble(string folder) : AccuracyTask("MNIST, five networks with dropout", "60,000 images, tested on 10,000",
    new("accuracy of one, median of the five", 0.987), new("accuracy of the ensemble", 0.988))
{
    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnMulticlassTrainer.Options { Seed = seed, EnsembleSize = 5, HiddenLayers = [800, 800], Activation = Activation.GELU, InputDropout = 0.2f, Dropout = 0.3f, NumberOfEpochs = 30, EarlyStopping = false };
        configure(options);
        IdxImageData images = IdxImageData.Load(ml, Path.Combine(folder, "mnist"));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(images.ToFeatures()).Append(ml.MulticlassClassification.Trainers.SimpleNn(options));
        var model = pipeline.Fit(images.Training);
        IDataView scored = model.Transform(images.Test);

        float[][] pixels = [.. scored.GetColumn<float[]>("Features")];
        uint[] keys = [.. scored.GetColumn<uint>("Label")];
        double[] alone = [.. model.LastTransformer.Model.Networks.Select(network => Accuracy(network, pixels, keys)).Order()];
        return [alone[alone.Length / 2], ml.MulticlassClassification.Evaluate(scored).MicroAccuracy];
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
