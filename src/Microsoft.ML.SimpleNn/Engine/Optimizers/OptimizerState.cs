using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What an optimizer remembers from step to step of one run: the step counter, and some floats for each weight and bias.</summary>
public sealed class OptimizerState
{
    private readonly Network _network;
    private readonly int _slotCount;
    private readonly AlignedBuffer[][] _slots;

    internal OptimizerState(Network network, int slotCount)
    {
        _network = network;
        _slotCount = slotCount;
        _slots = new AlignedBuffer[network.Layers.Count][];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new AlignedBuffer[slotCount];
            for (int slot = 0; slot < slotCount; slot++) _slots[i][slot] = new AlignedBuffer(network.Layers[i].Parameters.Length);
        }
    }

    /// <summary>The steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>beta^step for the two decay rates of the Adam family, as running products: a library's pow is not the same on every system.</summary>
    internal double FirstPower { get; set; } = 1;

    /// <inheritdoc cref="FirstPower"/>
    internal double SecondPower { get; set; } = 1;

    /// <summary>The lazy updates of a first layer with sparse inputs; null before their first step, and where inputs are dense.</summary>
    internal LazyUpdates? Lazy { get; set; }

    /// <summary>A layer's slots, each laid out as its parameters.</summary>
    internal AlignedBuffer[] Slots(int layer) => _slots[layer];

    internal void Advance() => StepCount++;

    /// <summary>Brings the weights that the next step reads up to date. To be called once the minibatch is gathered, before <see cref="Network.Forward"/>.</summary>
    internal void CatchUp(Workspace workspace)
    {
        if (workspace.Batch.Columns is { } columns) Lazy?.CatchUp(columns, workspace.Team);
    }

    /// <summary>Brings all weights up to date: before anything else than the next step reads them.</summary>
    internal void CatchUpAll(ThreadTeam? team) => Lazy?.CatchUp(team);

    /// <summary>The kernels write to the slots unchecked, so they must be the right ones for the network and the rule.</summary>
    internal void CheckIsFor(Network network, int slotCount)
    {
        if (network != _network) throw new ArgumentException("The optimizer's state was made for another network.");
        if (slotCount != _slotCount)
            throw new ArgumentException($"The optimizer remembers {slotCount} numbers for each weight, but the state was made for {_slotCount}: use the CreateState of this optimizer.");
    }
}
