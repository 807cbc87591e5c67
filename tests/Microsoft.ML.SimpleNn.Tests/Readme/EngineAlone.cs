namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>The engine without ML.NET.</summary>
internal static class EngineAlone
{
    public static float[] Run()
    {
        // shown begin
        float[] features = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0];    // exclusive or: [4 rows x 2 features], [4 rows x 1 number]
        var network = Network.Create(inputs: 2, hiddenLayers: [16], outputs: 1);
        TrainingLoop.Run(network, new DenseExamples(features, featureCount: 2, targets), validation: null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new AdamOptimizer { LearningRate = 0.02f },
            NumberOfEpochs = 500,
            BatchSize = 4,
            Seed = 1,
        });

        var outputs = new float[4];
        network.Predict(features, rows: 4, outputs);
        Console.WriteLine(string.Join(", ", outputs));
        // shown end

        return outputs;
    }
}
