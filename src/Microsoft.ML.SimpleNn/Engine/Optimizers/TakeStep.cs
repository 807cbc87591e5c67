using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// An optimizer's step with one rule for all layers: within backpropagation, so that no gradient is written to memory, or afterwards from
/// gradients that are stored. Both give the same bits.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal readonly unsafe struct TakeStep<TRule>(OptimizerState state, TRule rule, LayerRates rates) : IGradientSink
    where TRule : unmanaged, IUpdateRule<TRule>
{
    public void Dense(Workspace workspace, int index, DenseLayer layer, float* x, nint xStride)
    {
        MatrixProducts.WeightGradient(
            layer.Layout, new(x, workspace.Batch.Rows, xStride), workspace.DeltaOf(index), Update(index, layer), inputGradientToo: index > 0, workspace.Team);
        if (index == 0) state.Gains?.StepDense(rule.WithRate(rates.Gains));
    }

    public void Sparse(Workspace workspace, DenseLayer layer)
    {
        SparseProducts.WeightGradient(layer.Layout, workspace.Batch.Columns!, workspace.Deltas[0].Pointer, BeginLazy(workspace), workspace.Team);
        EndLazy(workspace);
    }

    /// <summary>The step from gradients that <see cref="StoreGradients"/> has stored.</summary>
    public void FromStored(Network network, Workspace workspace)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            float* gradient = workspace.GradientOf(i).Pointer;
            if (i == 0 && state.Lazy != null)
            {
                UpdateKernel.RunRows(workspace.Batch.Columns!.Count, layer.Layout.PaddedOutputs, gradient, BeginLazy(workspace), workspace.Team);
                EndLazy(workspace);
            }
            else
            {
                UpdateKernel.RunPanels(layer.Layout, gradient, Update(i, layer), workspace.Team);
                if (i == 0) state.Gains?.StepDense(rule.WithRate(rates.Gains));
            }
        }
    }

    private UpdateRecords<TRule> BeginLazy(Workspace workspace) => state.Lazy!.BeginStep(
        rule.WithRate(rates.Weights(0)), rule.WithRate(rates.Biases), workspace.Batch.Columns!, workspace.OccurringWeights, state.Gains == null ? null : state.Gains.Products);

    private void EndLazy(Workspace workspace)
    {
        state.Lazy!.EndStep(rule.WithRate(rates.Weights(0)), workspace.Team);
        state.Gains?.StepSparse(rule.WithRate(rates.Gains), workspace.Batch.Columns!);
    }

    private UpdateInPlace<TRule> Update(int index, DenseLayer layer) => new(
        layer.Layout, layer.Parameters.Pointer, state.Slots(index), rule.WithRate(rates.Weights(index)), rule.WithRate(rates.Biases), index == 0 && state.Gains != null ? state.Gains.Products : null);
}
