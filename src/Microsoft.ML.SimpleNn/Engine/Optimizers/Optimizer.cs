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
    internal OptimizerState CreateState(Network network, bool sparse) => new(network, Kind, SlotCount, sparse);

    /// <summary>Changes all weights and biases by one step, from the gradients that <see cref="Network.Backward"/> left in the workspace.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace with the gradients.</param>
    /// <param name="state">The run's memory; its step counter advances by one.</param>
    /// <param name="learningRateFactor">What a schedule multiplies the learning rate by; 1 for none.</param>
    /// <exception cref="ArgumentException">The workspace or the memory was made for another network, or the memory by another kind of optimizer.</exception>
    public void Step(Network network, Workspace workspace, OptimizerState state, float learningRateFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(state);
        workspace.CheckIsFor(network);
        state.CheckIsFor(network, this);
        state.Advance();
        Update(network, workspace, state, LearningRate * learningRateFactor);
        GC.KeepAlive(network);
        GC.KeepAlive(workspace);
        GC.KeepAlive(state);
    }

    /// <summary>One step with this learning rate; the counter has advanced.</summary>
    private protected abstract void Update(Network network, Workspace workspace, OptimizerState state, float learningRate);

    /// <summary>Runs a rule over every layer's parameters.</summary>
    private protected static unsafe void Apply<TRule>(Network network, Workspace workspace, OptimizerState state, TRule rule)
        where TRule : unmanaged, IUpdateRule
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            if (i == 0 && state.Lazy != null)
            {
                state.Lazy.Step(rule, workspace.Batch.Columns!, workspace.OccurringWeights, workspace.Gradients[0].Pointer, workspace.Team);
                continue;
            }

            Kernels.UpdateKernel.Run(layer.Parameters.Length, layer.Parameters.Pointer, workspace.Gradients[i].Pointer, state.Slots(i), rule, workspace.Team);
        }
    }

    private protected static float CheckPositive(float value, [CallerMemberName] string name = "")
    {
        if (!(value > 0 && float.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0, and finite.");
        return value;
    }

    /// <summary>Checks a number from 0 up to, but not including, 1.</summary>
    private protected static float CheckFraction(float value, [CallerMemberName] string name = "")
    {
        if (value is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 up to, but not including, 1.");
        return value;
    }
}
