using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Keeps all gradients in the workspace.</summary>
internal readonly unsafe struct StoreGradients : IGradientSink
{
    public void Dense(Workspace workspace, int index, DenseLayer layer, float* x, nint xStride) => MatrixProducts.WeightGradient(
        layer.Layout, new(x, workspace.Batch.Rows, xStride), workspace.DeltaOf(index), new StoredGradient(workspace.GradientOf(index).Pointer), inputGradientToo: index > 0, workspace.Team);

    public void Sparse(Workspace workspace, DenseLayer layer) => SparseProducts.WeightGradient(
        layer.Layout, workspace.Batch.Columns!, workspace.Deltas[0].Pointer, new StoredGradient(workspace.GradientOf(0).Pointer), workspace.Team);
}
