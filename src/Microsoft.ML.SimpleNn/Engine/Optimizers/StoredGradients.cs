using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Keeps all gradients in the workspace.</summary>
internal readonly unsafe struct StoredGradients(Workspace workspace) : IGradientTargets<StoredGradient, StoredGradient>
{
    public StoredGradient Of(int layer) => new(workspace.GradientOf(layer).Pointer);

    public StoredGradient OfFeatures(SparseColumns columns) => Of(layer: 0);

    public void End(int layer)
    {
        // They are kept.
    }
}
