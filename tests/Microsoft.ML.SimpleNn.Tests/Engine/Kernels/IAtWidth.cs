using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Something to do with the vectors of a width that is chosen at run time.</summary>
internal interface IAtWidth
{
    void Run<TSimd, V>()
        where TSimd : struct, ISimd<V>
        where V : struct;
}
