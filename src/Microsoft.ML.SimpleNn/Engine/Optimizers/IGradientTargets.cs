using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Where backpropagation brings the gradient of each layer's parameters: into memory, or straight into the optimizer's step.</summary>
/// <typeparam name="TDense">What takes a layer's gradient.</typeparam>
/// <typeparam name="TSparse">What takes the gradient of a first layer whose inputs are sparse.</typeparam>
internal interface IGradientTargets<TDense, TSparse>
    where TDense : unmanaged, IGradientTarget
    where TSparse : unmanaged, IGradientTarget
{
    /// <summary>What takes the gradient of a layer, whose weights nothing reads after this in the same pass.</summary>
    /// <param name="layer">The layer, from 0.</param>
    TDense Of(int layer);

    /// <summary>What takes the gradient of the first layer for the features that occur in a sparse minibatch.</summary>
    TSparse OfFeatures(SparseColumns columns);

    /// <summary>A layer's gradient is complete.</summary>
    void End(int layer);
}
