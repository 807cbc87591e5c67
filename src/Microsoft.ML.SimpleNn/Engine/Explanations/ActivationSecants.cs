using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>The activation of one layer at the points of a path, and its secants on the pieces between them.</summary>
internal sealed unsafe class ActivationSecants
{
    /// <summary>
    /// A piece that is shorter than this, in u or in the size of u, has the mean of its ends' derivatives, since the difference of two values that are
    /// nearly the same has few digits. No kink lies on it: those of all activations are at 0, and its ends have the same sign.
    /// </summary>
    private const float Short = 1e-3f;

    private readonly Activation _activation;
    private readonly int _points, _width;
    private readonly AlignedBuffer _u, _y, _secants;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="points">The points of the path.</param>
    public ActivationSecants(DenseLayer layer, int points)
    {
        (_activation, _points, _width) = (layer.Activation, points, layer.Layout.PaddedOutputs);
        long length = (long)Padding.RoundUp(points) * _width;
        (_u, _y, _secants) = (new(length), new(length), new(length));
    }

    /// <summary>u [points x padded outputs], to be filled before <see cref="Apply"/>.</summary>
    public float* U => _u.Pointer;

    /// <summary>y = f(u), as long.</summary>
    public float* Y => _y.Pointer;

    /// <summary>Computes y, and the secants.</summary>
    public void Apply()
    {
        _u.Span.CopyTo(_y.Span);
        _secants.Span.Fill(1);
        Simd.Run(new Values(_activation, U, Y, _secants.Pointer, _points, _width));
        float* u = U, y = Y, secant = _secants.Pointer;
        for (int i = 0; i < (_points - 1) * _width; i++) secant[i] = Secant(u[i], u[i + _width], y[i], y[i + _width], (secant[i] + secant[i + _width]) / 2);
    }

    /// <summary>gradient = gradient * secant, in place.</summary>
    /// <param name="gradient">[pieces x padded outputs].</param>
    /// <param name="pieces">The pieces.</param>
    public void MultiplySecants(float* gradient, int pieces)
    {
        float* secant = _secants.Pointer;
        for (int i = 0; i < pieces * _width; i++) gradient[i] *= secant[i];
    }

    private static float Secant(float u0, float u1, float y0, float y1, float derivative)
    {
        float way = MathF.Abs(u1 - u0), size = MathF.Max(MathF.Abs(u0), MathF.Abs(u1));
        bool isShort = way == 0 || (u0 > 0 == u1 > 0 && way <= Short * MathF.Max(1, size));
        return isShort ? derivative : (y1 - y0) / (u1 - u0);
    }

    private readonly struct Values(Activation activation, float* u, float* y, float* derivative, int points, int width) : IKernel
    {
        void IKernel.Run<V>()
        {
            ActivationKernels<V>.Forward(new LayerOutputs(activation, null, y), new MatrixView(y, points, width), width);
            ActivationKernels<V>.Backward(new LayerOutputs(activation, u, y), new MatrixView(derivative, points, width), width);
        }
    }
}
