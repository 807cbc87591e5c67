using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// An optimizer's step with one rule for all layers: within backpropagation, so that no gradient is written to memory, or afterwards from
/// gradients that are stored. Both give the same bits.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal readonly unsafe struct TakeStep<TRule>(OptimizerState state, TRule rule) : IGradientSink
    where TRule : unmanaged, IUpdateRule
{
    public void Dense(Workspace workspace, int index, DenseLayer layer, float* x, nint xStride) => MatrixProducts.WeightGradient(
        layer.Layout, x, xStride, workspace.Deltas[index].Pointer, workspace.Strips.Pointer, workspace.Batch.Rows, Update(index, layer), inputGradientToo: index > 0, workspace.Team);

    public void Sparse(Workspace workspace, DenseLayer layer)
    {
        SparseProducts.WeightGradient(layer.Layout, workspace.Batch.Columns!, workspace.Deltas[0].Pointer, BeginLazy(workspace), workspace.Team);
        state.Lazy!.EndStep(rule, workspace.Team);
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
                int outputs = layer.Layout.PaddedOutputs;
                UpdateKernel.Run(workspace.Batch.Columns!.Count * outputs, outputs, gradient, BeginLazy(workspace), workspace.Team);
                state.Lazy.EndStep(rule, workspace.Team);
            }
            else
            {
                UpdateKernel.Run(layer.Parameters.Length, Padding.Lanes, gradient, Update(i, layer), workspace.Team);
            }
        }
    }

    private UpdateRecords<TRule> BeginLazy(Workspace workspace) => state.Lazy!.BeginStep(rule, workspace.Batch.Columns!, workspace.OccurringWeights);

    private UpdateInPlace<TRule> Update(int index, DenseLayer layer) => new(layer.Parameters.Pointer, state.Slots(index), rule);
}
