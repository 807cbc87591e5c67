using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an activation, or its derivative, over a block of a matrix.</summary>
internal static unsafe class ActivationKernels<V>
    where V : struct, IFloats<V>
{
    private static readonly ActivationLoops[] Loops = ActivationTable.Loops<V>();

    /// <summary>y = f(y), in place.</summary>
    /// <param name="outputs">f, and where to keep the values before it.</param>
    /// <param name="y">The block of the outputs [rows x width].</param>
    /// <param name="width">The columns: a multiple of 16.</param>
    public static void Forward(in LayerOutputs outputs, in MatrixView y, int width)
    {
        if (outputs.Activation == Activation.Identity) return; // the last layer of most networks, of which small ones feel a call
        Loops[(int)outputs.Activation].Forward(outputs.U, y, width);
    }

    /// <summary>delta = delta * f'(u), in place.</summary>
    /// <param name="outputs">f, the values before it, read only where it asks for them, and after it.</param>
    /// <param name="delta">The block [rows x width]; the outputs have its stride.</param>
    /// <param name="width">The columns: a multiple of 16.</param>
    public static void Backward(in LayerOutputs outputs, in MatrixView delta, int width) => Loops[(int)outputs.Activation].Backward(outputs, delta, width);

    /// <summary><see cref="Forward(in LayerOutputs, in MatrixView, int)"/> for one activation, around which the loop is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TActivation>(float* u, in MatrixView block, int width)
        where TActivation : struct, IActivation
    {
        if (TActivation.ChangesNothing) return;
        bool keep = u != null && TActivation.NeedsLinear;
        float* y = block.Pointer;
        int rows = block.Rows;
        nint stride = block.Stride;
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

    /// <summary><see cref="Backward(in LayerOutputs, in MatrixView, int)"/> for one activation, around which the loop is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TActivation>(in LayerOutputs outputs, in MatrixView block, int width)
        where TActivation : struct, IActivation
    {
        if (TActivation.ChangesNothing) return;
        float* u = outputs.U, y = outputs.Y, delta = block.Pointer;
        int rows = block.Rows;
        nint stride = block.Stride;
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
