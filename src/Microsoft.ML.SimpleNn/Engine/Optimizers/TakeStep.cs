using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// An optimizer's step with one rule for all layers: within backpropagation, so that no gradient of a dense layer is written to memory, or afterwards from
/// gradients that are stored. Both give the same bits.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal readonly unsafe struct TakeStep<TRule>(OptimizerState state, TRule rule) : IGradientSink
    where TRule : unmanaged, IUpdateRule
{
    public void Dense(Workspace workspace, int index, DenseLayer layer, float* x, nint xStride) => MatrixProducts.WeightGradient(
        layer.Layout, x, xStride, workspace.Deltas[index].Pointer, workspace.Strips.Pointer, workspace.Batch.Rows, Update(index, layer), workspace.Team);

    public void Sparse(Workspace workspace) =>
        state.Lazy!.Step(rule, workspace.Batch.Columns!, workspace.OccurringWeights, workspace.GradientOf(0).Pointer, workspace.Team);

    /// <summary>The step from gradients that <see cref="StoreGradients"/> has stored.</summary>
    public void FromStored(Network network, Workspace workspace)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (i == 0 && state.Lazy != null) Sparse(workspace);
            else UpdateKernel.Run(network.Layers[i].Parameters.Length, workspace.GradientOf(i).Pointer, Update(i, network.Layers[i]), workspace.Team);
        }
    }

    private UpdateInPlace<TRule> Update(int index, DenseLayer layer) => new(layer.Parameters.Pointer, state.Slots(index), rule);
}
