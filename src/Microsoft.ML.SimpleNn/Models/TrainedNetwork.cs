using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What one training run gave: a model has one of these, or several that it averages.</summary>
/// <param name="Network">The network, which takes the features as they are in the data.</param>
/// <param name="History">The course of its training.</param>
/// <param name="OptimizerState">What the optimizer remembered at these weights, in units of the standardised features; null where it was not kept.</param>
internal sealed record TrainedNetwork(Network Network, TrainingHistory History, OptimizerState? OptimizerState);
