using System.Text.Json;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A small network with all that another library computed on it: outputs, first gradients, the losses of some steps, final weights.</summary>
internal sealed class ReferenceCase
{
    /// <summary>The inputs, the units of each hidden layer, and the outputs.</summary>
    public required int[] Layers { get; init; }

    /// <summary>The hidden layers' activation, by the other library's name.</summary>
    public required string Activation { get; init; }

    /// <summary>softmax, mse or binary.</summary>
    public required string Loss { get; init; }

    /// <summary>The optimizer, by the other library's name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The optimizer's settings, and perhaps a note.</summary>
    public required Dictionary<string, JsonElement> Hyper { get; init; }

    /// <summary>The steps of training, each on the whole batch.</summary>
    public required int Steps { get; init; }

    /// <summary>Each layer's W [outputs x inputs] before training.</summary>
    public required double[][][] Weights { get; init; }

    /// <summary>Each layer's b [outputs] before training.</summary>
    public required double[][] Biases { get; init; }

    /// <summary>The batch [rows x inputs].</summary>
    public required double[][] X { get; init; }

    /// <summary>[rows], the class, for softmax; else [rows x outputs].</summary>
    public required JsonElement T { get; init; }

    /// <summary>[rows x outputs] before training.</summary>
    public required double[][] OutputsBefore { get; init; }

    /// <summary>Each layer's gradients in the first step.</summary>
    public required ReferenceGradient[] GradientsStep1 { get; init; }

    /// <summary>The loss of each step, before its update.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Each layer's W after the last step.</summary>
    public required double[][][] WeightsAfter { get; init; }

    /// <summary>Each layer's b after the last step.</summary>
    public required double[][] BiasesAfter { get; init; }

    /// <summary>The rows of the batch.</summary>
    public int Rows => X.Length;

    /// <summary>The targets, row after row.</summary>
    public float[] Targets => [.. T.EnumerateArray().SelectMany(row => row.ValueKind == JsonValueKind.Array ? row.EnumerateArray().ToArray() : [row]).Select(t => t.GetSingle())];

    /// <summary>The batch, row after row.</summary>
    public float[] Features => ToFloats(X);

    /// <summary>The network before training.</summary>
    public Network CreateNetwork()
    {
        var network = Network.Create(Layers[0], Layers.AsSpan()[1..^1], Layers[^1], EngineActivation());
        for (int i = 0; i < network.Layers.Count; i++)
        {
            network.Layers[i].SetWeights(ToFloats(Weights[i]));
            network.Layers[i].SetBiases(ToFloats(Biases[i]));
        }

        return network;
    }

    /// <summary>The engine's loss.</summary>
    public Loss EngineLoss() => Loss switch
    {
        "softmax" => SimpleNn.Loss.SoftmaxCrossEntropy,
        "binary" => SimpleNn.Loss.SigmoidCrossEntropy,
        "mse" => SimpleNn.Loss.SquaredError,
        _ => throw new NotSupportedException($"The reference has a loss '{Loss}' that this test does not know."),
    };

    /// <summary>The engine's optimizer.</summary>
    public Optimizer EngineOptimizer() => Optimizer switch
    {
        "sgd" => new SgdOptimizer { LearningRate = Setting("lr") },
        "momentum" => new SgdOptimizer { LearningRate = Setting("lr"), Momentum = Setting("momentum") },
        "nesterov" => new SgdOptimizer { LearningRate = Setting("lr"), Momentum = Setting("momentum"), Nesterov = true },
        "adagrad" => new AdaGradOptimizer { LearningRate = Setting("lr"), Epsilon = Setting("eps") },
        "rmsprop" => new RmsPropOptimizer { LearningRate = Setting("lr"), Decay = Setting("alpha"), Epsilon = Setting("eps") },
        "adadelta" => new AdaDeltaOptimizer { Decay = Setting("rho"), Epsilon = Setting("eps") },
        "adam" or "adam_l2" => new AdamOptimizer { LearningRate = Setting("lr"), Beta1 = Setting("beta1"), Beta2 = Setting("beta2"), Epsilon = Setting("eps") },
        "amsgrad" => new AdamOptimizer { LearningRate = Setting("lr"), Beta1 = Setting("beta1"), Beta2 = Setting("beta2"), Epsilon = Setting("eps"), AmsGrad = true },

        // The reference's decay is a fraction of the weight itself; ours is in units of the learning rate.
        "adamw" => new AdamWOptimizer
        {
            LearningRate = Setting("lr"),
            Beta1 = Setting("beta1"),
            Beta2 = Setting("beta2"),
            Epsilon = Setting("eps"),
            WeightDecay = (float)(Hyper["weight_decay_rate"].GetDouble() / Hyper["lr"].GetDouble()),
        },
        _ => throw new NotSupportedException($"The reference has an optimizer '{Optimizer}' that this test does not know."),
    };

    /// <summary>What is added to the gradient before the optimizer's step; null for nothing.</summary>
    public WeightPenalty? EnginePenalty() => Hyper.ContainsKey("l2") ? new WeightPenalty { L2 = Setting("l2"), IncludesBiases = true } : null;

    private static float[] ToFloats(double[][] rows) => [.. rows.SelectMany(row => row).Select(value => (float)value)];

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private Activation EngineActivation() => Activation switch
    {
        "identity" => SimpleNn.Activation.Identity,
        "relu" => SimpleNn.Activation.ReLU,
        "leaky_relu" => SimpleNn.Activation.LeakyReLU,
        "elu" => SimpleNn.Activation.ELU,
        "tanh" => SimpleNn.Activation.Tanh,
        "sigmoid" => SimpleNn.Activation.Sigmoid,
        "softplus" => SimpleNn.Activation.Softplus,
        "swish" or "silu" => SimpleNn.Activation.SiLU,
        "selu" => SimpleNn.Activation.SELU,
        "gelu" => SimpleNn.Activation.GELU,
        _ => throw new NotSupportedException($"The reference has an activation '{Activation}' that this test does not know."),
    };

    private float Setting(string name) => Hyper[name].GetSingle();
}
