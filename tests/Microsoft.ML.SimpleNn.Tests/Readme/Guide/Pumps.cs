using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 7: anomalies.</summary>
internal static class Pumps
{
    public static void Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        PumpState Normal()
        {
            float load = random.NextSingle(), noise = random.NextSingle();
            return new PumpState([load, 40 + 30 * load + noise, 2 + 3 * load + 0.1f * noise]);
        }

        IDataView normal = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(_ => Normal()).ToArray());
        var options = new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [16, 1], Contamination = 0.01, NumberOfEpochs = 60 };
        var model = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options).Fit(normal);
        // shown end

        // shown begin
        PumpState[] pumps = [new([0.5f, 55.5f, 3.55f]), new([0.2f, 69, 2.65f])];
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(pumps));
        foreach (bool isAnomaly in scored.GetColumn<bool>("PredictedLabel")) Console.WriteLine(isAnomaly ? "anomaly" : "normal");

        float[] errors = model.Model.ScoreByFeature(pumps[1].Features), expected = model.Model.Reconstruct(pumps[1].Features);
        string[] names = ["load", "temperature", "pressure"];
        int worst = Array.IndexOf(errors, errors.Max());
        Console.WriteLine($"{names[worst]}: {pumps[1].Features[worst]:F0}, expected {expected[worst]:F0}");
        // shown end
    }
}

// shown begin
internal sealed record PumpState([property: VectorType(3)] float[] Features);
// shown end
