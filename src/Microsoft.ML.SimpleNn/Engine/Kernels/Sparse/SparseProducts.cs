namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The products of a first layer whose inputs are mostly zero, at the best width that the processor has. Their work follows what is not zero, and they
/// give the bits of <see cref="MatrixProducts"/> on the same rows with their zeros.
/// </summary>
internal static unsafe class SparseProducts
{
    /// <summary>Y = f(X W^T + b).</summary>
    /// <param name="weights">W and b.</param>
    /// <param name="x">X.</param>
    /// <param name="y">f and Y [rows x padded outputs].</param>
    /// <param name="team">The threads.</param>
    public static void Forward(in FeatureWeights weights, in SparseView x, in LayerOutputs y, ThreadTeam? team) =>
        Simd.Run(new ForwardKernel(weights, x, y, team));

    /// <summary>dW = dU^T X for the features that occur, and db.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="x">X by features.</param>
    /// <param name="delta">dU [rows x padded outputs], zero in the padding.</param>
    /// <param name="target">
    /// What becomes of the gradient [occurring x padded outputs], a feature's at a time: row i is that of feature <see cref="SparseColumns.Occurring"/>[i]; the
    /// last row is db.
    /// </param>
    /// <param name="team">The threads.</param>
    public static void WeightGradient<TTarget>(PanelLayout layout, SparseColumns x, float* delta, TTarget target, ThreadTeam? team)
        where TTarget : unmanaged, IGradientTarget => Simd.Run(new WeightGradientKernel<TTarget>(layout, x, delta, target, team));

    private readonly struct ForwardKernel(FeatureWeights weights, SparseView x, LayerOutputs y, ThreadTeam? team) : IKernel
    {
        void IKernel.Run<V>() => SparseForwardProduct<V>.Run(weights, x, y, team);
    }

    private readonly struct WeightGradientKernel<TTarget>(PanelLayout layout, SparseColumns x, float* delta, TTarget target, ThreadTeam? team) : IKernel
        where TTarget : unmanaged, IGradientTarget
    {
        void IKernel.Run<V>() => SparseWeightGradientProduct<V, TTarget>.Run(layout, x, delta, target, team);
    }
}
