using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>An optimizer's step with one rule for all layers, to which each gradient goes as it is computed, so that none is written to memory.</summary>
/// <typeparam name="TRule">The rule.</typeparam>
/// <param name="workspace">The workspace of the pass.</param>
/// <param name="state">What the optimizer remembers.</param>
/// <param name="rule">The rule.</param>
/// <param name="rates">What its rate is multiplied by for the parts of the network.</param>
internal readonly unsafe struct OptimizerUpdates<TRule>(Workspace workspace, OptimizerState state, TRule rule, LayerRates rates)
    : IGradientTargets<UpdateInPlace<TRule>, UpdateRecords<TRule>>
    where TRule : unmanaged, IUpdateRule<TRule>
{
    public UpdateInPlace<TRule> Of(int layer) => state.UpdateOf(layer, rule.WithRate(rates.Weights(layer)), rule.WithRate(rates.Biases));

    public UpdateRecords<TRule> OfFeatures(SparseColumns columns) => state.Lazy!.BeginStep(
        rule.WithRate(rates.Weights(0)), rule.WithRate(rates.Biases), columns, workspace.OccurringWeights, state.Gains == null ? null : state.Gains.Products);

    /// <summary>After the first layer, the last in backpropagation, the gains of the features take their step.</summary>
    public void End(int layer)
    {
        if (layer > 0) return;
        if (state.Lazy == null)
        {
            state.Gains?.StepDense(rule.WithRate(rates.Gains));
            return;
        }

        state.Lazy.EndStep(rule.WithRate(rates.Weights(0)), workspace.Team);
        state.Gains?.StepSparse(rule.WithRate(rates.Gains), workspace.Batch.Columns!);
    }

    /// <summary>The same step from gradients that are stored already, with the same bits.</summary>
    public void FromStored(Network network)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            PanelLayout layout = network.Layers[i].Layout;
            float* gradient = workspace.GradientOf(i).Pointer;
            if (workspace.ColumnsOf(i) is { } columns) UpdateKernel.RunRows(columns.Count, layout.PaddedOutputs, gradient, OfFeatures(columns), workspace.Team);
            else UpdateKernel.RunPanels(layout, gradient, Of(i), workspace.Team);
            End(i);
        }
    }
}
