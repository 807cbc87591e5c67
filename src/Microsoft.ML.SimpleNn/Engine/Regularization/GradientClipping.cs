using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Clipping by the global norm (Pascanu et al. 2013, On the difficulty of training recurrent neural networks): where the gradient of all weights and
/// biases together is longer than c, it is multiplied by c / length, so that it keeps its direction.
/// </summary>
internal sealed class GradientClipping(float maximumNorm, Network network)
{
    /// <summary>The sums of squares of the pieces of the largest layer.</summary>
    private readonly double[] _sums = new double[network.Layers.Max(layer => NormKernel.PieceCount(layer.Parameters.Length))];

    /// <summary>Clips the gradients of a workspace.</summary>
    public unsafe void Apply(Workspace workspace)
    {
        double squares = 0;
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            int length = workspace.Gradient(layer).Length;
            fixed (double* sums = _sums) NormKernel.SumsOfSquares(workspace.GradientOf(layer).Pointer, length, sums, workspace.Team);
            for (int piece = 0; piece < NormKernel.PieceCount(length); piece++) squares += _sums[piece];
        }

        double norm = Math.Sqrt(squares);
        if (!(norm > maximumNorm)) return;
        for (int layer = 0; layer < network.Layers.Count; layer++)
            NormKernel.Scale(workspace.GradientOf(layer).Pointer, workspace.Gradient(layer).Length, (float)(maximumNorm / norm), workspace.Team);
        GC.KeepAlive(workspace);
    }
}
