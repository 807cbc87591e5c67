using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What a minibatch does to the weights once its loss is known: backpropagation, penalty, clipping of the gradient, the optimizer's step, the limits of
/// the weights.
/// </summary>
internal sealed class TrainingStep
{
    private readonly Network _network;
    private readonly TrainingOptions _options;
    private readonly WeightPenalty? _penalty;
    private readonly GradientClipping? _clipping;
    private readonly MonotoneConstraints? _monotone;

    /// <summary>Prepares the steps of a run.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">The optimizer, and what is done to the gradient.</param>
    /// <param name="examples">The rows.</param>
    public TrainingStep(Network network, TrainingOptions options, ExampleSource examples)
    {
        _network = network;
        _options = options;
        _penalty = options.CreatePenalty();
        _clipping = options.CreateClipping(network);
        _monotone = options.CreateMonotoneConstraints(network);
        Dropout = options.CreateDropout();
        State = options.Optimizer.CreateState(network, examples.IsSparse, learnsGains: !examples.TargetsAreFeatures);
        if (options.OptimizerState != null) State.CopyFrom(options.OptimizerState);
    }

    /// <summary>What is dropped on the way forward; null for nothing.</summary>
    public DropoutMasks? Dropout { get; }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState State { get; }

    /// <summary>To be called once the minibatch is gathered: brings the weights that it reads up to date.</summary>
    public void Begin(Workspace workspace) => State.CatchUp(workspace);

    /// <summary>Brings all weights up to date.</summary>
    public void End(ThreadTeam? team) => State.CatchUpAll(team);

    /// <summary>The gradient backward through the layers, and the step of the weights: in one where nothing needs the whole gradient first.</summary>
    /// <param name="workspace">The workspace, in which the loss has left its gradient.</param>
    /// <param name="learningRateFactor">What the schedule multiplies the learning rate by.</param>
    public void BackwardAndUpdate(Workspace workspace, float learningRateFactor)
    {
        if (_penalty == null && _clipping == null) _options.Optimizer.BackwardAndStep(_network, workspace, State, learningRateFactor);
        else
        {
            _network.Backward(workspace);
            _penalty?.AddGradient(_network, workspace, scale: 1f / workspace.Batch.Rows);
            _clipping?.Apply(workspace);
            _options.Optimizer.Step(_network, workspace, State, learningRateFactor);
        }

        if (_options.MaximumWeightNorm is float maximumWeightNorm) WeightNormLimit.Apply(maximumWeightNorm, _network, workspace);
        _monotone?.Apply(workspace.Team);
    }
}
