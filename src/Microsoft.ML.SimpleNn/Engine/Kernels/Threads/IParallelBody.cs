namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The body of a parallel loop: independent pieces of work, numbered from 0.</summary>
internal interface IParallelBody
{
    /// <summary>Does piece <paramref name="index"/>.</summary>
    void Run(int index);
}
