namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The loops of one activation for vectors of one width.</summary>
/// <param name="forward">y = f(u): u to keep, or null; y; its columns.</param>
/// <param name="backward">delta = delta * f'(u): the outputs; delta; its columns.</param>
internal readonly unsafe struct ActivationLoops(
    delegate*<float*, in MatrixView, int, void> forward, delegate*<in LayerOutputs, in MatrixView, int, void> backward)
{
    public delegate*<float*, in MatrixView, int, void> Forward => forward;

    public delegate*<in LayerOutputs, in MatrixView, int, void> Backward => backward;
}
