using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What a trainer of any task gave.</summary>
/// <param name="Model">The model parameters, to go on from.</param>
/// <param name="Trained">Its networks.</param>
/// <param name="Threshold">That of an autoencoder; else 0.</param>
internal sealed record TaskModel(object Model, IReadOnlyList<TrainedNetwork> Trained, float Threshold = 0)
{
    /// <summary>The course of the training, of an ensemble that of the first network.</summary>
    public TrainingHistory History => Trained[0].History;

    /// <summary>All weights and biases of the first network.</summary>
    public float[] Weights => Trained[0].Network.AllWeights();

    /// <summary>Every number that options may change: weights and biases of all networks, the steps that optimizers remember, the threshold.</summary>
    public float[] Everything => [.. Trained.SelectMany(one => one.Network.AllWeights().Append(one.OptimizerState?.StepCount ?? -1)), Threshold];
}
