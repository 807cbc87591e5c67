using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>An activation on its own, outside a layer.</summary>
public static class ActivationExtensions
{
    /// <summary>f of each value, with the same bits as in a layer.</summary>
    /// <param name="activation">f.</param>
    /// <param name="u">The values, of any number.</param>
    /// <returns>f(u), as many.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static unsafe float[] Apply(this Activation activation, ReadOnlySpan<float> u)
    {
        _ = ActivationTable.Of(activation);
        var buffer = new AlignedBuffer(Padding.RoundUp(u.Length));
        u.CopyTo(buffer.Span);
        Simd.Run(new Values(activation, buffer.Pointer, buffer.Length));
        return buffer.Span[..u.Length].ToArray();
    }

    private readonly unsafe struct Values(Activation activation, float* u, int count) : IKernel
    {
        void IKernel.Run<V>() => ActivationKernels<V>.Forward(new LayerOutputs(activation, null, u), new MatrixView(u, rows: 1, stride: 0), count);
    }
}
