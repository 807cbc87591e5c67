using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The layers' inputs after dropout, for a workspace's minibatch. They need memory of their own, because the derivative of an activation is computed
/// from its outputs before dropout; it is taken when a layer's inputs are dropped for the first time.
/// </summary>
internal sealed unsafe class DroppedInputs(Network network, int maximumRows)
{
    private readonly AlignedBuffer?[] _inputs = new AlignedBuffer?[network.Layers.Count];
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

    /// <summary>Drops inputs of a layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="inputs">Its inputs [rows x width], which stay as they are.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The inputs that are left.</returns>
    public float* Drop(int layer, float* inputs, int rows, ThreadTeam team)
    {
        AlignedBuffer dropped = _inputs[layer] ??= new AlignedBuffer((long)Padding.RoundUp(maximumRows) * WidthOf(layer));
        Run(layer, inputs, dropped.Pointer, rows, team);
        return dropped.Pointer;
    }

    /// <summary>Drops features of a minibatch of sparse rows, where they lie: those that the whole rows would lose.</summary>
    public void DropSparse(Minibatch batch, ThreadTeam team)
    {
        DropoutKernel.RunSparse(_masks!.KeyAt(0, _step), _masks.RateAt(0), batch.Sparse!, team);
        batch.ValuesChanged();
    }

    /// <summary>Turns the gradient by the inputs that are left into the one by the inputs as they were, in place.</summary>
    public void DropGradient(int layer, float* gradient, int rows, ThreadTeam team) => Run(layer, gradient, gradient, rows, team);

    private void Run(int layer, float* source, float* destination, int rows, ThreadTeam team) =>
        DropoutKernel.Run(_masks!.KeyAt(layer, _step), _masks.RateAt(layer), source, destination, rows, WidthOf(layer), team);

    private int WidthOf(int layer) => layer == 0 ? network.Layers[0].Inputs : network.Layers[layer - 1].Layout.PaddedOutputs;
}
