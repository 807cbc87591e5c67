using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>Models of every task whose weights are drawn, with input and output stages.</summary>
internal static class RandomModels
{
    private static readonly MLContext Ml = new(seed: 1);

    /// <summary>A classifier of three classes, with a temperature.</summary>
    public static SimpleNnMulticlassModelParameters Multiclass(Random random, int inputs, InputStage? stage, Activation activation, int networks = 1, string[]? names = null) =>
        new(Ml, Trained(networks, () => Network(random, [inputs, 8, 6, 3], stage, activation, OutputStage.OfFactor(0.7, 3))), names);

    /// <summary>A binary classifier.</summary>
    public static SimpleNnBinaryModelParameters Binary(Random random, int inputs, InputStage? stage, Activation activation, int networks = 1) =>
        new(Ml, Trained(networks, () => Network(random, [inputs, 8, 1], stage, activation, OutputStage.OfFactor(2, 1))));

    /// <summary>A regression, whose numbers are far from zero where they are numbers.</summary>
    public static SimpleNnRegressionModelParameters Regression(
        Random random, int inputs, InputStage? stage, Activation activation, ScoreMeaning meaning = ScoreMeaning.Number, int networks = 1, string[]? names = null)
    {
        int outputs = names?.Length ?? 1;
        double[] scale = [.. Enumerable.Repeat(meaning == ScoreMeaning.Number ? 30.0 : 1, outputs)], offset = [.. Enumerable.Repeat(meaning == ScoreMeaning.Number ? 1000.0 : 0.5, outputs)];
        return new(Ml, Trained(networks, () => Network(random, [inputs, 8, outputs], stage, activation, new OutputStage(scale, offset))), meaning, isVector: outputs > 1, names);
    }

    /// <summary>An autoencoder with a bottleneck of two.</summary>
    public static SimpleNnAutoencoderModelParameters Autoencoder(Random random, int features, InputStage? stage, Activation activation)
    {
        DenseLayer[] layers = [new(features, 6, activation), new(6, 2), new(2, 6, activation), new(6, features)];
        Network network = Drawn(layers, random, stage, stage?.Inverse());
        float[] factors = [.. Enumerable.Range(0, features).Select(i => i == 0 ? 0 : 1f / i)];
        return new(Ml, [One(network)], new ReconstructionError(network, factors), threshold: 2);
    }

    private static Network Network(Random random, int[] sizes, InputStage? stage, Activation activation, OutputStage outputStage)
    {
        DenseLayer[] layers = [.. Enumerable.Range(0, sizes.Length - 1).Select(i => new DenseLayer(sizes[i], sizes[i + 1], i == sizes.Length - 2 ? Activation.Identity : activation))];
        return Drawn(layers, random, stage, outputStage);
    }

    private static Network Drawn(DenseLayer[] layers, Random random, InputStage? stage, OutputStage? outputStage)
    {
        var network = new Network(layers);
        network.SetInputStage(stage);
        network.Initialize(WeightInitializer.GlorotUniform, random.Next());
        foreach (DenseLayer layer in network.Layers) layer.SetBiases([.. Enumerable.Range(0, layer.Outputs).Select(_ => random.NextSingle() - 0.5f)]);
        network.OutputStage = outputStage;
        return network;
    }

    private static TrainedNetwork[] Trained(int networks, Func<Network> network) => [.. Enumerable.Range(0, networks).Select(_ => One(network()))];

    private static TrainedNetwork One(Network network) => new(network, new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null);
}
