namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The three products of a dense layer, over weights in panels (<see cref="PanelLayout"/>), at the best width that the processor
/// has. Matrices are row-major; a stride is the floats from row to row. Rows are padded to 16 floats, and buffers to 16 rows.
/// </summary>
internal static unsafe class MatrixProducts
{
    /// <summary>The depth of a block: 400 rows of a panel are 75 KB, which stay in a second-level cache while all rows of X pass.</summary>
    public const int DepthBlock = 400;

    /// <summary>Y = activation(X W^T + b).</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="activation">The activation; it runs on each block while that is in the cache.</param>
    /// <param name="parameters">The panels.</param>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="xStride">The stride of X.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="u">X W^T + b [rows x padded outputs], kept for activations that need it in the backward pass; may be null.</param>
    /// <param name="y">Y [rows x padded outputs].</param>
    /// <param name="team">The threads.</param>
    public static void Forward(
        PanelLayout layout, Activation activation, float* parameters, float* x, nint xStride, int rows, float* u, float* y, ThreadTeam? team)
    {
        if (Simd.Is512) ForwardProduct<Floats512>.Run(layout, activation, parameters, x, xStride, rows, u, y, team);
        else if (Simd.Is256) ForwardProduct<Floats256>.Run(layout, activation, parameters, x, xStride, rows, u, y, team);
        else ForwardProduct<Floats128>.Run(layout, activation, parameters, x, xStride, rows, u, y, team);
    }

    /// <summary>dU = dY * activation', in place: the last layer's delta, where the loss gives the gradient by Y.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="u">The linear outputs [rows x width]; used by the activations that ask for them.</param>
    /// <param name="y">The outputs [rows x width].</param>
    /// <param name="delta">dY, then dU [rows x width].</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="width">The padded outputs.</param>
    public static void OutputGradient(Activation activation, float* u, float* y, float* delta, int rows, int width)
    {
        if (Simd.Is512) ActivationKernels<Floats512>.Backward(activation, u, y, delta, width, rows, width);
        else if (Simd.Is256) ActivationKernels<Floats256>.Backward(activation, u, y, delta, width, rows, width);
        else ActivationKernels<Floats128>.Backward(activation, u, y, delta, width, rows, width);
    }

    /// <summary>dW = dY^T X, in panels, with the sums of dY's columns as the gradients of the biases.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="xStride">The stride of X.</param>
    /// <param name="dy">dY [rows x padded outputs], zero in the padding.</param>
    /// <param name="strips">Room for a copy of dY.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="target">What becomes of the gradient, a tile at a time.</param>
    /// <param name="inputGradientToo">Whether dX is computed in each step as well, which reads the weights by inputs, as Y reads them by panels.</param>
    /// <param name="team">The threads.</param>
    public static void WeightGradient<TTarget>(PanelLayout layout, float* x, nint xStride, float* dy, float* strips, int rows, TTarget target, bool inputGradientToo, ThreadTeam? team)
        where TTarget : unmanaged, IGradientTarget
    {
        if (Simd.Is512) WeightGradientProduct<Floats512, TTarget>.Run(layout, x, xStride, dy, strips, rows, target, inputGradientToo, team);
        else if (Simd.Is256) WeightGradientProduct<Floats256, TTarget>.Run(layout, x, xStride, dy, strips, rows, target, inputGradientToo, team);
        else WeightGradientProduct<Floats128, TTarget>.Run(layout, x, xStride, dy, strips, rows, target, inputGradientToo, team);
    }

    /// <summary>dX = (dY W) * activation', the delta of the layer below.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="activation">The activation of the layer below.</param>
    /// <param name="parameters">The panels.</param>
    /// <param name="dy">dY [rows x padded outputs].</param>
    /// <param name="strips">Room for dY transposed: rows rounded up to 16, times the padded outputs.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="u">The layer below's linear outputs [rows x padded inputs]; used by the activations that ask for it.</param>
    /// <param name="y">The layer below's outputs [rows x padded inputs].</param>
    /// <param name="dx">dX [rows x padded inputs].</param>
    /// <param name="team">The threads.</param>
    public static void InputGradient(
        PanelLayout layout, Activation activation, float* parameters, float* dy, float* strips, int rows, float* u, float* y, float* dx, ThreadTeam? team)
    {
        if (Simd.Is512) InputGradientProduct<Floats512>.Run(layout, activation, parameters, dy, strips, rows, u, y, dx, team);
        else if (Simd.Is256) InputGradientProduct<Floats256>.Run(layout, activation, parameters, dy, strips, rows, u, y, dx, team);
        else InputGradientProduct<Floats128>.Run(layout, activation, parameters, dy, strips, rows, u, y, dx, team);
    }
}
