namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A layer's outputs y = f(u), and the u of them.</summary>
/// <param name="activation">f; it runs on each block while that is in the cache.</param>
/// <param name="u">
/// u = x W^T + b [rows x padded outputs], kept for the activations whose derivative asks for it; may be null for others, and where no derivative follows.
/// </param>
/// <param name="y">y [rows x padded outputs].</param>
internal readonly unsafe struct LayerOutputs(Activation activation, float* u, float* y)
{
    public Activation Activation { get; } = activation;

    public float* U { get; } = u;

    public float* Y { get; } = y;

    /// <summary>The same from so many floats on.</summary>
    public LayerOutputs From(nint floats) => new(Activation, U == null ? null : U + floats, Y + floats);
}
