using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The rule that turns gradients into a step of the weights. An optimizer is a set of constants, and may serve many runs; what a rule
/// remembers from step to step lies in an <see cref="OptimizerState"/>.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(float learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>The size of a step. Range: above 0, and finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LearningRate
    {
        get;
        init => field = CheckPositive(value);
    }

    /// <summary>
    /// How weights are drawn and which of them learn how fast: <see cref="SimpleNn.Parametrization.NeuralTangent"/> gives each layer, and the gains of the
    /// network's
    /// <see cref="InputStage"/>, a rate of its own. It is meant for Adam and its kin; L-BFGS ignores it. Default: <see
    /// cref="SimpleNn.Parametrization.Standard"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public Parametrization Parametrization
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
                throw OutOfRange.Exception(
                    nameof(Parametrization), value, $"{nameof(Parametrization)} must be {string.Join(" or ", Enum.GetNames<Parametrization>())}.");
            field = value;
        }
    }

    /// <summary>How many floats the rule remembers for each weight.</summary>
    internal abstract int SlotCount { get; }

    /// <summary>The rule, to tell whether a state is one of it.</summary>
    internal abstract OptimizerKind Kind { get; }

    /// <summary>Creates the memory of a run: zeros, at step 0.</summary>
    /// <param name="network">The network that will be trained.</param>
    public OptimizerState CreateState(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return CreateState(network, sparse: false);
    }

    /// <summary>Creates the memory of a run on sparse or dense rows.</summary>
    internal virtual OptimizerState CreateState(Network network, bool sparse, bool learnsGains = true) =>
        new(network, Kind, SlotCount, sparse, learnsGains && Parametrization == Parametrization.NeuralTangent && network.InputStage != null);

    /// <summary>Changes all weights and biases by one step, from the gradients that <see cref="Network.Backward(Workspace)"/> left in the workspace.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace with the gradients.</param>
    /// <param name="state">The run's memory; its step counter advances by one.</param>
    /// <param name="learningRateFactor">What a schedule multiplies the learning rate by; 1 for none.</param>
    /// <exception cref="ArgumentException">The workspace or the memory was made for another network, or the memory by another kind of optimizer.</exception>
    public void Step(Network network, Workspace workspace, OptimizerState state, float learningRateFactor = 1) =>
        Run(network, workspace, state, learningRateFactor, hasGradients: true);

    /// <summary>
    /// <see cref="Network.Backward(Workspace)"/> and <see cref="Step"/> in one, with the same bits and faster: each piece of a gradient becomes a step of its
    /// weights as soon as
    /// it is computed, and is not kept. The gradients in the workspace are not those of this step.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace after <see cref="Network.Forward(Workspace)"/> and <see cref="Loss.Evaluate"/>.</param>
    /// <param name="state">The run's memory; its step counter advances by one.</param>
    /// <param name="learningRateFactor">What a schedule multiplies the learning rate by; 1 for none.</param>
    /// <exception cref="ArgumentException">The workspace or the memory was made for another network, or the memory by another kind of optimizer.</exception>
    internal void BackwardAndStep(Network network, Workspace workspace, OptimizerState state, float learningRateFactor = 1) =>
        Run(network, workspace, state, learningRateFactor, hasGradients: false);

    /// <summary>
    /// Tells lazy updates that go on from a checkpoint the rule of their steps; only its rate may be another, which has no part in steps that were missed.
    /// </summary>
    internal void UseRule(Network network, OptimizerState state) =>
        Apply(new OptimizerStep(network, Workspace: null, state, LearningRate, HasGradients: false, Parametrization));

    /// <summary>Makes the rule of a step, whose counter has advanced, and runs it.</summary>
    private protected abstract void Apply(in OptimizerStep step);

    private void Run(Network network, Workspace workspace, OptimizerState state, float learningRateFactor, bool hasGradients)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(state);
        workspace.CheckIsFor(network);
        state.CheckIsFor(network, this);
        state.Advance();
        Apply(new OptimizerStep(network, workspace, state, LearningRate * learningRateFactor, hasGradients, Parametrization));
        GC.KeepAlive(network);
        GC.KeepAlive(workspace);
        GC.KeepAlive(state);
    }

    private protected static float CheckPositive(float value, [CallerMemberName] string name = "")
    {
        if (!(value > 0 && float.IsFinite(value))) throw OutOfRange.Exception(name, value, $"{name} must be above 0, and finite.");
        return value;
    }

    /// <summary>Checks a number from 0 up to, but not including, 1.</summary>
    private protected static float CheckFraction(float value, [CallerMemberName] string name = "")
    {
        if (value is not (>= 0 and < 1)) throw OutOfRange.Exception(name, value, $"{name} must be from 0 up to, but not including, 1.");
        return value;
    }
}
