namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The three products of a dense layer, over weights in panels (<see cref="PanelLayout"/>), at the best width that the processor
/// has. Matrices are row-major; a stride is the floats from row to row. Rows are padded to 16 floats, and buffers to 16 rows.
/// </summary>
internal static unsafe class MatrixProducts
{
    /// <summary>KC, the depth of a block: 400 rows of a panel are 75 KB, which stay in a second-level cache while all rows of X pass.</summary>
    public const int DepthBlock = 400;

    /// <summary>Y = f(X W^T + b).</summary>
    /// <param name="layer">W and b.</param>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="y">f and Y [rows x padded outputs].</param>
    /// <param name="team">The threads.</param>
    public static void Forward(in LayerView layer, in MatrixView x, in LayerOutputs y, ThreadTeam? team) => Simd.Run(new ForwardKernel(layer, x, y, team));

    /// <summary>dU = dY * f'(U), in place: the last layer's delta, where the loss gives the gradient by Y.</summary>
    /// <param name="y">f, U and Y [rows x width].</param>
    /// <param name="delta">dY, then dU [rows x width]; the width is the padded outputs.</param>
    public static void OutputGradient(in LayerOutputs y, in MatrixView delta) => Simd.Run(new OutputGradientKernel(y, delta));

    /// <summary>dW = dU^T X, in panels, with the sums of dU's columns as the gradients of the biases.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="delta">dU [rows x padded outputs].</param>
    /// <param name="target">What becomes of the gradient, a tile at a time.</param>
    /// <param name="inputGradientToo">Whether dX is computed in each step as well, which reads the weights by inputs, as Y reads them by panels.</param>
    /// <param name="team">The threads.</param>
    public static void WeightGradient<TTarget>(PanelLayout layout, in MatrixView x, in DeltaView delta, TTarget target, bool inputGradientToo, ThreadTeam? team)
        where TTarget : unmanaged, IGradientTarget => Simd.Run(new WeightGradientKernel<TTarget>(layout, x, delta, target, inputGradientToo, team));

    /// <summary>dX = (dU W) * f', the delta of the layer below.</summary>
    /// <param name="layer">W.</param>
    /// <param name="delta">dU [rows x padded outputs].</param>
    /// <param name="below">The outputs of the layer below, which are X, with its f [rows x padded inputs].</param>
    /// <param name="dx">dX [rows x padded inputs].</param>
    /// <param name="team">The threads.</param>
    public static void InputGradient(in LayerView layer, in DeltaView delta, in LayerOutputs below, float* dx, ThreadTeam? team) =>
        Simd.Run(new InputGradientKernel(layer, delta, below, dx, team));

    private readonly struct ForwardKernel(LayerView layer, MatrixView x, LayerOutputs y, ThreadTeam? team) : IKernel
    {
        void IKernel.Run<V>() => ForwardProduct<V>.Run(layer, x, y, team);
    }

    private readonly struct OutputGradientKernel(LayerOutputs y, MatrixView delta) : IKernel
    {
        void IKernel.Run<V>() => ActivationKernels<V>.Backward(y, delta, (int)delta.Stride);
    }

    private readonly struct WeightGradientKernel<TTarget>(
        PanelLayout layout, MatrixView x, DeltaView delta, TTarget target, bool inputGradientToo, ThreadTeam? team) : IKernel
        where TTarget : unmanaged, IGradientTarget
    {
        void IKernel.Run<V>() => WeightGradientProduct<V, TTarget>.Run(layout, x, delta, target, inputGradientToo, team);
    }

    private readonly struct InputGradientKernel(LayerView layer, DeltaView delta, LayerOutputs below, float* dx, ThreadTeam? team) : IKernel
    {
        void IKernel.Run<V>() => InputGradientProduct<V>.Run(layer, delta, below, dx, team);
    }
}
