namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The body of a parallel loop over vectors: independent pieces of work, numbered from 0, each computed with the widest vectors that the processor has.
/// </summary>
internal interface IVectorBody
{
    /// <summary>Does piece <paramref name="index"/>.</summary>
    void Run<V>(int index)
        where V : struct, IFloats<V>;
}
