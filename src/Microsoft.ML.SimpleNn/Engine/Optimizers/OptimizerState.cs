using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What an optimizer remembers from step to step of one run: the step counter, and some floats for each weight and bias.</summary>
public sealed class OptimizerState
{
    private readonly Network _network;
    private AlignedBuffer[][] _slots;

    /// <summary>Creates the memory.</summary>
    /// <param name="network">The network that will be trained.</param>
    /// <param name="kind">The rule.</param>
    /// <param name="slotCount">The floats for each weight.</param>
    /// <param name="sparse">Whether it will be trained on sparse rows, with lazy updates of the first layer.</param>
    /// <param name="learnsGains">Whether the gains of the network's input stage are learned.</param>
    internal OptimizerState(Network network, OptimizerKind kind, int slotCount, bool sparse = false, bool learnsGains = false)
    {
        _network = network;
        Kind = kind;
        SlotCount = slotCount;
        Allocate(sparse, learnsGains);
    }

    /// <summary>The rule that it belongs to.</summary>
    internal OptimizerKind Kind { get; }

    /// <summary>The floats for each weight.</summary>
    internal int SlotCount { get; }

    /// <summary>The steps taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>beta^step for the two decay rates of the Adam family, as running products: a library's pow is not the same on every system.</summary>
    internal double FirstPower { get; set; } = 1;

    /// <inheritdoc cref="FirstPower"/>
    internal double SecondPower { get; set; } = 1;

    /// <summary>The lazy updates of the first layer, which then has no slots here; null where it is trained on dense rows.</summary>
    internal LazyUpdates? Lazy { get; private set; }

    /// <summary>What is remembered for the gains of the network's input stage; null where they are not learned.</summary>
    internal InputGains? Gains { get; private set; }

    /// <summary>A layer's slots, each laid out as its parameters.</summary>
    internal AlignedBuffer[] Slots(int layer) => _slots[layer];

    /// <summary>A layer's slots, each seen as a layer of the same shape, to read and write them as weights and biases are.</summary>
    internal IEnumerable<DenseLayer> SlotLayers(int layer) => _slots[layer].Select(_network.Layers[layer].WithParameters);

    /// <summary>A step of a layer's parameters.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="rule">The rule for weights.</param>
    /// <param name="biasRule">The rule for biases.</param>
    internal unsafe UpdateInPlace<TRule> UpdateOf<TRule>(int layer, TRule rule, TRule biasRule)
        where TRule : unmanaged, IUpdateRule =>
        new(_network.Layers[layer].Layout, _network.Layers[layer].Parameters.Pointer, _slots[layer], rule, biasRule,
            products: layer == 0 && Gains != null ? Gains.Products : null);

    internal void Advance() => StepCount++;

    /// <summary>Takes the shape that the network has at the beginning of a run, in which it got an input stage; nothing is remembered yet.</summary>
    internal void Begin(Network network, Optimizer optimizer, bool learnsGains)
    {
        CheckIsFor(network, optimizer);
        Allocate(sparse: false, learnsGains && optimizer.Parametrization == Parametrization.NeuralTangent && network.InputStage != null);
    }

    /// <summary>Sets what does not lie in the slots.</summary>
    internal void Restore(long stepCount, double firstPower, double secondPower) => (StepCount, FirstPower, SecondPower) = (stepCount, firstPower, secondPower);

    /// <summary>
    /// Takes over the memory of a state of the same kind, whose network has the same shape. One of the two may have lazy updates.
    /// </summary>
    internal void CopyFrom(OptimizerState other)
    {
        Restore(other.StepCount, other.FirstPower, other.SecondPower);
        if (other.Gains != null) Gains?.CopyFrom(other.Gains);
        for (int i = 0; i < _slots.Length; i++)
        {
            if (i == 0 && Lazy != null) Lazy.SetSlots(other._slots[0]);
            else if (i == 0 && other.Lazy != null) other.Lazy.CopySlotsTo(_slots[0]);
            else for (int slot = 0; slot < SlotCount; slot++) other._slots[i][slot].Span.CopyTo(_slots[i][slot].Span);
        }
    }

    /// <summary>The same memory for the network whose outputs are in another order.</summary>
    /// <param name="network">That network.</param>
    /// <param name="order">Which output of this state's network becomes each output.</param>
    internal OptimizerState WithOutputs(Network network, int[] order)
    {
        var copy = new OptimizerState(network, Kind, SlotCount, sparse: false, learnsGains: Gains != null);
        copy.CopyFrom(this);
        int last = network.Layers.Count - 1;
        foreach ((DenseLayer slot, DenseLayer from) in copy.SlotLayers(last).Zip(SlotLayers(last))) slot.CopyOutputsFrom(from, order);
        return copy;
    }

    /// <summary>Whether an optimizer can go on with this memory.</summary>
    internal bool Fits(Optimizer optimizer) => Kind == optimizer.Kind && SlotCount == optimizer.SlotCount;

    /// <summary>
    /// Brings the weights that the next step reads up to date. To be called once the minibatch is gathered, before <see cref="Network.Forward(Workspace)"/>.
    /// </summary>
    internal unsafe void CatchUp(Workspace workspace) => Lazy?.Gather(workspace.Batch.Columns!, workspace.UseOccurringWeights(), workspace.Team);

    /// <summary>Gives the network all weights, up to date: before anything else than the next step reads them.</summary>
    internal void CatchUpAll(ThreadTeam? team) => Lazy?.CatchUpAll(team);

    /// <summary>The kernels write to the slots unchecked, so they must be the right ones for the network and the rule.</summary>
    internal void CheckIsFor(Network network, Optimizer optimizer)
    {
        if (network != _network) throw new ArgumentException("The optimizer's state was made for another network.");
        if (!Fits(optimizer))
            throw new ArgumentException($"The optimizer is of the kind {optimizer.Kind} and remembers {optimizer.SlotCount} numbers for each weight, "
                + $"but the state was made for {Kind} with {SlotCount}: use the CreateState of this optimizer.");
    }

    /// <summary>Makes room for what is remembered for the gains of the network's input stage.</summary>
    internal void LearnGains() => Gains = new InputGains(_network.InputStage!, _network.Layers[0], SlotCount, sparse: false);

    /// <summary>Puts all that is remembered into a checkpoint, or takes it from there.</summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="optimizer">The optimizer, whose rule lazy updates go by.</param>
    internal void Transfer(StateTransfer state, Optimizer optimizer)
    {
        (long steps, double first, double second) = (StepCount, FirstPower, SecondPower);
        state.Value(ref steps);
        state.Value(ref first);
        state.Value(ref second);
        Lazy?.Transfer(state, useRule: () => optimizer.UseRule(_network, this));
        Restore(steps, first, second);
        foreach (AlignedBuffer slot in _slots.SelectMany(slots => slots ?? []).Concat(Gains?.Slots ?? [])) state.Items(slot.Span, "numbers of the optimizer");
    }

    [MemberNotNull(nameof(_slots))]
    private void Allocate(bool sparse, bool learnsGains)
    {
        Gains = learnsGains ? new InputGains(_network.InputStage!, _network.Layers[0], SlotCount, sparse) : null;
        _slots = new AlignedBuffer[_network.Layers.Count][];
        for (int i = 0; i < _slots.Length; i++)
        {
            if (i == 0 && sparse)
            {
                Lazy = new LazyUpdates(_network.Layers[0], SlotCount);
                continue;
            }

            _slots[i] = new AlignedBuffer[SlotCount];
            for (int slot = 0; slot < SlotCount; slot++) _slots[i][slot] = new AlignedBuffer(_network.Layers[i].Parameters.Length);
        }
    }
}
