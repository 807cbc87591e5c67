namespace Microsoft.ML.SimpleNn;

/// <summary>What backpropagation does with the gradient of each layer's parameters, as it comes to it: keep it, or take the optimizer's step at once.</summary>
internal unsafe interface IGradientSink
{
    /// <summary>Computes the gradient of a layer, dW = delta^T x, whose weights nothing reads after this in the same pass.</summary>
    /// <param name="workspace">The workspace of the pass.</param>
    /// <param name="index">The layer's number, from 0.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its inputs [rows x inputs].</param>
    /// <param name="xStride">The floats from row to row of x.</param>
    void Dense(Workspace workspace, int index, DenseLayer layer, float* x, nint xStride);

    /// <summary>Computes the gradient of a first layer with sparse rows, for the features that occur in the minibatch.</summary>
    /// <param name="workspace">The workspace of the pass.</param>
    /// <param name="layer">The layer.</param>
    void Sparse(Workspace workspace, DenseLayer layer);
}
