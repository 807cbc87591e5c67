using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an activation, or its derivative, over a block of a matrix.</summary>
internal static unsafe class ActivationKernels<V>
    where V : struct, IFloats<V>
{
    /// <summary>y = f(y), in place.</summary>
    /// <param name="activation">f.</param>
    /// <param name="u">Where to keep the values before f, laid out as <paramref name="y"/>; null to keep none.</param>
    /// <param name="y">The block [rows x width].</param>
    /// <param name="stride">The floats from row to row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="width">The columns: a multiple of 16.</param>
    public static void Forward(Activation activation, float* u, float* y, nint stride, int rows, int width)
    {
        switch (activation)
        {
            case Activation.Identity: break;
            case Activation.ReLU: Forward<ReLU>(u, y, stride, rows, width); break;
            case Activation.LeakyReLU: Forward<LeakyReLU>(u, y, stride, rows, width); break;
            case Activation.ELU: Forward<ELU>(u, y, stride, rows, width); break;
            case Activation.SELU: Forward<SELU>(u, y, stride, rows, width); break;
            case Activation.GELU: Forward<GELU>(u, y, stride, rows, width); break;
            case Activation.SiLU: Forward<SiLU>(u, y, stride, rows, width); break;
            case Activation.Sigmoid: Forward<Sigmoid>(u, y, stride, rows, width); break;
            case Activation.Tanh: Forward<Tanh>(u, y, stride, rows, width); break;
            case Activation.Softplus: Forward<Softplus>(u, y, stride, rows, width); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }
    }

    /// <summary>delta = delta * f'(u), in place.</summary>
    /// <param name="activation">f.</param>
    /// <param name="u">The values before f, laid out as <paramref name="y"/>; read only where f asks for them.</param>
    /// <param name="y">The values after f.</param>
    /// <param name="delta">The block [rows x width].</param>
    /// <param name="stride">The floats from row to row, of all three.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="width">The columns: a multiple of 16.</param>
    public static void Backward(Activation activation, float* u, float* y, float* delta, nint stride, int rows, int width)
    {
        switch (activation)
        {
            case Activation.Identity: break;
            case Activation.ReLU: Backward<ReLU>(u, y, delta, stride, rows, width); break;
            case Activation.LeakyReLU: Backward<LeakyReLU>(u, y, delta, stride, rows, width); break;
            case Activation.ELU: Backward<ELU>(u, y, delta, stride, rows, width); break;
            case Activation.SELU: Backward<SELU>(u, y, delta, stride, rows, width); break;
            case Activation.GELU: Backward<GELU>(u, y, delta, stride, rows, width); break;
            case Activation.SiLU: Backward<SiLU>(u, y, delta, stride, rows, width); break;
            case Activation.Sigmoid: Backward<Sigmoid>(u, y, delta, stride, rows, width); break;
            case Activation.Tanh: Backward<Tanh>(u, y, delta, stride, rows, width); break;
            case Activation.Softplus: Backward<Softplus>(u, y, delta, stride, rows, width); break;
            default: throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TActivation>(float* u, float* y, nint stride, int rows, int width)
        where TActivation : struct, IActivation
    {
        bool keep = u != null && TActivation.NeedsLinear;
        for (int row = 0; row < rows; row++, u += stride, y += stride)
        {
            for (int i = 0; i < width; i += V.Count)
            {
                V linear = V.Load(y + i);
                if (keep) linear.Store(u + i);
                TActivation.Value(linear).Store(y + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TActivation>(float* u, float* y, float* delta, nint stride, int rows, int width)
        where TActivation : struct, IActivation
    {
        for (int row = 0; row < rows; row++, u += stride, y += stride, delta += stride)
        {
            for (int i = 0; i < width; i += V.Count)
            {
                V linear = TActivation.NeedsLinear ? V.Load(u + i) : default;
                V slope = TActivation.Derivative(linear, V.Load(y + i));
                (V.Load(delta + i) * slope).Store(delta + i);
            }
        }
    }
}
