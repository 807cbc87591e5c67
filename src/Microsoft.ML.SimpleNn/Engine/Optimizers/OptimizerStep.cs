using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>One step of an optimizer, which adds its rule.</summary>
/// <param name="Network">The network.</param>
/// <param name="Workspace">The workspace: with the gradients, or ready for backpropagation. Null where there is no step, and only the rule is asked
/// for.</param>
/// <param name="State">The run's memory; its step counter has advanced.</param>
/// <param name="LearningRate">The learning rate of this step.</param>
/// <param name="HasGradients">Whether the gradients are there; else they are computed, and used up, on the way.</param>
/// <param name="Parametrization">Which layers learn how fast.</param>
internal readonly record struct OptimizerStep(Network Network, Workspace? Workspace, OptimizerState State, float LearningRate, bool HasGradients,
    Parametrization Parametrization = Parametrization.Standard)
{
    /// <summary>Runs a rule over every layer's parameters.</summary>
    public void Run<TRule>(TRule rule)
        where TRule : unmanaged, IUpdateRule<TRule>
    {
        if (Workspace == null)
        {
            State.Lazy!.UseRule(rule);
            return;
        }

        var updates = new OptimizerUpdates<TRule>(Workspace, State, rule, new LayerRates(Network, Parametrization));
        if (HasGradients) updates.FromStored(Network);
        else Network.Backward<OptimizerUpdates<TRule>, UpdateInPlace<TRule>, UpdateRecords<TRule>>(Workspace, updates);
    }
}
