using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The layers' inputs after dropout, for a workspace's minibatch. They need memory of their own, because the derivative of an activation is computed
/// from its outputs before dropout; it is taken when a layer's inputs are dropped for the first time.
/// </summary>
internal sealed unsafe class DroppedInputs(int layers, int maximumRows)
{
    private readonly AlignedBuffer?[] _inputs = new AlignedBuffer?[layers];
    private DropoutMasks? _masks;
    private long _step;

    /// <summary>Begins a forward pass.</summary>
    /// <param name="masks">What to drop; null for nothing.</param>
    /// <param name="step">The step of the run, which decides the masks.</param>
    public void Begin(DropoutMasks? masks, long step)
    {
        _masks = masks;
        _step = step;
    }

    /// <summary>Whether inputs of a layer are dropped in this pass.</summary>
    public bool Has(int layer) => _masks?.RateAt(layer) > 0;

    /// <summary>A layer's inputs after dropout, which <see cref="Drop"/> has written.</summary>
    public float* Of(int layer) => _inputs[layer]!.Pointer;

    /// <summary>
    /// Drops inputs of a layer, if any are dropped: dense ones into memory of their own, sparse ones where they lie, those that the whole rows would lose.
    /// </summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="workspace">The workspace with the inputs.</param>
    public void Drop(int layer, Workspace workspace)
    {
        if (!Has(layer)) return;
        if (workspace.SparseInput(layer) is { } sparse)
        {
            DropoutKernel.RunSparse(_masks!.KeyAt(layer, _step), _masks.RateAt(layer), sparse, workspace.Team);
            workspace.Batch.ValuesChanged();
            return;
        }

        AlignedBuffer dropped = _inputs[layer] ??= new AlignedBuffer((long)Padding.RoundUp(maximumRows) * workspace.InputStride(layer));
        Run(layer, workspace.InputBeforeDropout(layer), dropped.Pointer, workspace);
    }

    /// <summary>Turns the gradient by a layer's inputs that are left into the one by the inputs as they were, in place.</summary>
    /// <param name="layer">The layer, from 1.</param>
    /// <param name="workspace">The workspace with the gradient.</param>
    public void DropGradient(int layer, Workspace workspace)
    {
        if (Has(layer)) Run(layer, workspace.Deltas[layer - 1].Pointer, workspace.Deltas[layer - 1].Pointer, workspace);
    }

    private void Run(int layer, float* source, float* destination, Workspace workspace)
    {
        var rows = new MatrixView(source, workspace.Batch.Rows, workspace.InputStride(layer));
        DropoutKernel.Run(_masks!.KeyAt(layer, _step), _masks.RateAt(layer), rows, destination, workspace.Team);
    }
}
