namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A body over vectors as any other body of a parallel loop.</summary>
/// <param name="body">The body.</param>
internal readonly struct AtBestWidth<TBody>(TBody body) : IParallelBody
    where TBody : unmanaged, IVectorBody
{
    public void Run(int index) => Simd.Run(new Piece(body, index));

    private readonly struct Piece(TBody body, int index) : IKernel
    {
        void IKernel.Run<V>() => body.Run<V>(index);
    }
}
