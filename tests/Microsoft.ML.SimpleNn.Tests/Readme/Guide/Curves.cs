using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 8: the curve of a training that overfits, and of one that does not.</summary>
internal static class Curves
{
    public static void Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        NoisyPoint Draw()
        {
            float[] features = [.. Enumerable.Range(0, 10).Select(_ => 2 * random.NextSingle() - 1)];
            return new NoisyPoint(features, features[0] + features[1] * features[2] + random.NextSingle() - 0.5f);
        }

        IDataView train = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 150).Select(_ => Draw()).ToArray());
        IDataView validation = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(_ => Draw()).ToArray());

        var options = new SimpleNnRegressionTrainer.Options
        {
            HiddenLayers = [100],
            Optimizer = new AdamOptimizer { LearningRate = 0.01f },
            NumberOfEpochs = 100,
            EarlyStopping = false,
        };
        var overfitted = ml.Regression.Trainers.SimpleNn(options).Fit(train, validation).Model;
        foreach (var epoch in overfitted.TrainingHistory.Epochs.Where(epoch => epoch.Epoch is 1 or 5 or 10 or 20 or 50 or 100))
            Console.WriteLine($"epoch {epoch.Epoch,3}  training loss {epoch.TrainingLoss:F3}  validation loss {epoch.ValidationLoss:F3}");
        // shown end

        // shown begin
        options.EarlyStopping = true;
        var history = ml.Regression.Trainers.SimpleNn(options).Fit(train, validation).Model.TrainingHistory;
        var lowest = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Console.WriteLine($"lowest validation loss {lowest.ValidationLoss:F3} in epoch {lowest.Epoch}");
        Console.WriteLine($"ended after epoch {history.Epochs.Count}: {history.StopReason}");
        Console.WriteLine($"the weights are those of epoch {history.BestEpoch}");
        // shown end
    }
}

// shown begin
internal sealed record NoisyPoint([property: VectorType(10)] float[] Features, float Label);
// shown end
