using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The max-norm constraint (Srivastava et al. 2014, Dropout, section 5.1): after a step, where the norm of the incoming weights of a unit,
/// its bias aside, is above c, the weights are multiplied by c / norm. A first layer of sparse rows is left out: a step touches few of its weights, and
/// the norm needs them all.
/// </summary>
internal static class WeightNormLimit
{
    /// <summary>Holds every unit of a network to the limit.</summary>
    public static unsafe void Apply(float maximumNorm, Network network, Workspace workspace)
    {
        for (int i = workspace.Batch.Sparse == null ? 0 : 1; i < network.Layers.Count; i++)
            WeightNormKernel.Limit(network.Layers[i].Layout, network.Layers[i].Parameters.Pointer, maximumNorm, workspace.Team);
        GC.KeepAlive(network);
    }
}
