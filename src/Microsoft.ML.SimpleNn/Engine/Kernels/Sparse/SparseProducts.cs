namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The products of a first layer whose inputs are mostly zero, at the best width that the processor has. Their work follows what is not zero, and they
/// give the bits of <see cref="MatrixProducts"/> on the same rows with their zeros.
/// </summary>
internal static unsafe class SparseProducts
{
    /// <summary>Y = activation(X W^T + b).</summary>
    /// <param name="weights">W and b.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="starts">[rows + 1]: where each row's values begin.</param>
    /// <param name="features">The feature of each value, ascending within a row.</param>
    /// <param name="values">The values.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="u">X W^T + b [rows x padded outputs], kept for activations that need it in the backward pass; may be null.</param>
    /// <param name="y">Y [rows x padded outputs].</param>
    /// <param name="team">The threads.</param>
    public static void Forward(
        FeatureWeights weights, Activation activation, int* starts, int* features, float* values, int rows, float* u, float* y, ThreadTeam? team)
    {
        if (Simd.Is512) SparseForwardProduct<Floats512>.Run(weights, activation, starts, features, values, rows, u, y, team);
        else if (Simd.Is256) SparseForwardProduct<Floats256>.Run(weights, activation, starts, features, values, rows, u, y, team);
        else SparseForwardProduct<Floats128>.Run(weights, activation, starts, features, values, rows, u, y, team);
    }

    /// <summary>dW = dY^T X for the features that occur, and db.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="x">X by features.</param>
    /// <param name="dy">dY [rows x padded outputs], zero in the padding.</param>
    /// <param name="target">
    /// What becomes of the gradient [occurring x padded outputs], a feature's at a time: row i is that of feature <see cref="SparseColumns.Occurring"/>[i]; the last row is db.
    /// </param>
    /// <param name="team">The threads.</param>
    public static void WeightGradient<TTarget>(PanelLayout layout, SparseColumns x, float* dy, TTarget target, ThreadTeam? team)
        where TTarget : unmanaged, IGradientTarget
    {
        if (Simd.Is512) SparseWeightGradientProduct<Floats512, TTarget>.Run(layout, x, dy, target, team);
        else if (Simd.Is256) SparseWeightGradientProduct<Floats256, TTarget>.Run(layout, x, dy, target, team);
        else SparseWeightGradientProduct<Floats128, TTarget>.Run(layout, x, dy, target, team);
    }
}
