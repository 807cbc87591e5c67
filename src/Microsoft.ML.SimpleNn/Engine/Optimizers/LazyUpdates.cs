using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The optimizer on a first layer whose inputs are sparse: a step touches the features that occur in the minibatch, and a feature catches up with the steps
/// that it has missed when it occurs again, before its weights are read. The weights come out as if every step had touched all.
/// </summary>
internal abstract class LazyUpdates
{
    /// <summary>Brings the features that occur in a minibatch up to date.</summary>
    public abstract void CatchUp(SparseColumns columns, ThreadTeam? team);

    /// <summary>Brings all features up to date.</summary>
    public abstract void CatchUp(ThreadTeam? team);
}
