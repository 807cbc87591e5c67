using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What an optimizer remembers from step to step of one run: the step counter, and some floats for each weight and bias.</summary>
public sealed class OptimizerState
{
    private readonly Network _network;
    private readonly int _slotCount;
    private readonly AlignedBuffer[][] _slots;

    /// <summary>Creates the memory.</summary>
    /// <param name="network">The network that will be trained.</param>
    /// <param name="slotCount">The floats for each weight.</param>
    /// <param name="sparse">Whether it will be trained on sparse rows, with lazy updates of the first layer.</param>
    internal OptimizerState(Network network, int slotCount, bool sparse)
    {
        _network = network;
        _slotCount = slotCount;
        _slots = new AlignedBuffer[network.Layers.Count][];
        for (int i = 0; i < _slots.Length; i++)
        {
            if (i == 0 && sparse)
            {
                Lazy = new LazyUpdates(network.Layers[0], slotCount);
                continue;
            }

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

    /// <summary>The lazy updates of the first layer, which then has no slots here; null where it is trained on dense rows.</summary>
    internal LazyUpdates? Lazy { get; }

    /// <summary>A layer's slots, each laid out as its parameters.</summary>
    internal AlignedBuffer[] Slots(int layer) => _slots[layer];

    internal void Advance() => StepCount++;

    /// <summary>Brings the weights that the next step reads up to date. To be called once the minibatch is gathered, before <see cref="Network.Forward"/>.</summary>
    internal unsafe void CatchUp(Workspace workspace) => Lazy?.Gather(workspace.Batch.Columns!, workspace.UseOccurringWeights(), workspace.Team);

    /// <summary>Brings all weights of the network up to date: before anything else than the next step reads them.</summary>
    internal void CatchUpAll(ThreadTeam? team) => Lazy?.CatchUpAll(team);

    /// <summary>The kernels write to the slots unchecked, so they must be the right ones for the network and the rule.</summary>
    internal void CheckIsFor(Network network, int slotCount)
    {
        if (network != _network) throw new ArgumentException("The optimizer's state was made for another network.");
        if (slotCount != _slotCount)
            throw new ArgumentException($"The optimizer remembers {slotCount} numbers for each weight, but the state was made for {_slotCount}: use the CreateState of this optimizer.");
    }
}
