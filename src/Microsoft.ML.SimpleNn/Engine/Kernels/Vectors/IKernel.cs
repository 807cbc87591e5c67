namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// A computation that is written once for vectors of every width; its arguments are the fields of a struct. <see cref="Simd.Run"/> runs it at the best one.
/// </summary>
internal interface IKernel
{
    /// <summary>Computes with vectors of one width.</summary>
    void Run<V>()
        where V : struct, IFloats<V>;
}
