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
        var buffer = new AlignedBuffer(Padding.RoundUp(u.Length));
        u.CopyTo(buffer.Span);
        if (Simd.Is512) ActivationKernels<Floats512>.Forward(activation, null, buffer.Pointer, 0, 1, buffer.Length);
        else if (Simd.Is256) ActivationKernels<Floats256>.Forward(activation, null, buffer.Pointer, 0, 1, buffer.Length);
        else ActivationKernels<Floats128>.Forward(activation, null, buffer.Pointer, 0, 1, buffer.Length);
        return buffer.Span[..u.Length].ToArray();
    }
}
