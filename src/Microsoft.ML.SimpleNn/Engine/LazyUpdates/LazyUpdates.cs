using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The optimizer on a first layer whose inputs are sparse: a step touches the features that occur in the minibatch, and a feature catches up with the steps
/// that it has missed when it occurs again, before its weights are read. The weights come out as if every step had touched all. While they are trained
/// they live in records; the layer gets them when all have caught up.
/// </summary>
internal sealed unsafe class LazyUpdates
{
    private readonly DenseLayer _layer;
    private readonly FeatureRecords _records;
    private readonly PinnedArray<int> _lastSteps;
    private RuleMemory? _memory;

    /// <summary>Begins with the layer's weights, before the first step.</summary>
    /// <param name="layer">The first layer.</param>
    /// <param name="slotCount">The floats that the optimizer remembers for each weight.</param>
    public LazyUpdates(DenseLayer layer, int slotCount)
    {
        _layer = layer;
        _lastSteps = new PinnedArray<int>(layer.Inputs + 1);
        _records = new FeatureRecords(layer, slotCount);
    }

    /// <summary>Gathers the weights of the features that occur in a minibatch, up to date.</summary>
    /// <param name="columns">The minibatch.</param>
    /// <param name="weights">Takes the weights [occurring x padded outputs]; the last row is the biases.</param>
    /// <param name="team">The threads.</param>
    public void Gather(SparseColumns columns, float* weights, ThreadTeam? team)
    {
        if (_memory != null) _memory.Gather(_records, columns, weights, _lastSteps.Pointer, team);
        else new GatherWeightsKernel<SgdOptimizer.Rule>(new(_records, default, default, lastSteps: null), columns, weights).Run(team); // nothing moves on
    }

    /// <summary>Begins a step from the weights that were gathered.</summary>
    /// <param name="rule">The rule for weights; of the same type at every step.</param>
    /// <param name="biasRule">The rule for biases.</param>
    /// <param name="columns">The minibatch.</param>
    /// <param name="weights">The weights [occurring x padded outputs].</param>
    /// <param name="products">Takes the sums of weight times gradient; null where nobody asks.</param>
    /// <returns>What takes the gradients by those weights; all of them, before <see cref="EndStep"/>.</returns>
    public UpdateRecords<TRule> BeginStep<TRule>(TRule rule, TRule biasRule, SparseColumns columns, float* weights, float* products)
        where TRule : unmanaged, IUpdateRule
    {
        if (!rule.Idle.ChangesNothing) _memory ??= new RuleMemory<TRule>(rule);
        LazyRecords<TRule> records = _memory == null
            ? new(_records, rule, default, lastSteps: null)
            : new(_records, rule, _memory.Missed.Now, _lastSteps.Pointer);
        return new UpdateRecords<TRule>(records, biasRule, columns, weights, products);
    }

    /// <summary>Ends the step: remembers what it would have done to the features that do not occur.</summary>
    public void EndStep<TRule>(TRule rule, ThreadTeam? team)
        where TRule : unmanaged, IUpdateRule
    {
        if (_memory == null) return;
        ((RuleMemory<TRule>)_memory).Rule = rule;
        _memory.Missed.Add(rule.Idle);
        if (_memory.Missed.IsFull) CatchUp(_memory, team);
    }

    /// <summary>Gives the layer its parameters, all features up to date. The records stay behind, so that training goes on with the same bits.</summary>
    public void CatchUpAll(ThreadTeam? team) => CopyUpToDate(_layer.Parameters, part: 0, team);

    /// <summary>Takes over slots, laid out as the layer's parameters, before the first step.</summary>
    public void SetSlots(AlignedBuffer[] slots)
    {
        for (int slot = 0; slot < slots.Length; slot++) _records.CopyFrom(slots[slot], part: 1 + slot);
    }

    /// <summary>Copies the slots, laid out as the layer's parameters, all features up to date.</summary>
    public void CopySlotsTo(AlignedBuffer[] slots)
    {
        for (int slot = 0; slot < slots.Length; slot++) CopyUpToDate(slots[slot], part: 1 + slot, team: null);
    }

    /// <summary>Begins to count the steps that features miss, by the rule of steps that were taken before.</summary>
    public void UseRule<TRule>(TRule rule)
        where TRule : unmanaged, IUpdateRule => _memory ??= new RuleMemory<TRule>(rule);

    /// <summary>
    /// Puts the records as they are, with what each feature has missed, into a checkpoint, or takes them from there: who catches up first would round
    /// otherwise.
    /// </summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="useRule">Calls <see cref="UseRule"/> with the rule of the optimizer.</param>
    public void Transfer(StateTransfer state, Action useRule)
    {
        bool remembers = _memory != null;
        state.Flag(ref remembers);
        if (remembers && _memory == null) useRule();
        _memory?.Missed.Transfer(state);
        state.Items(_lastSteps.Span, "features");
        state.Items(_records.Span, "weights of features");
        if (_lastSteps.Span.ContainsAnyExceptInRange(0, _memory?.Missed.Count ?? 0))
            throw StateTransfer.Damaged($"a feature occurred in a step that was not taken");
    }

    private void CopyUpToDate(AlignedBuffer panels, int part, ThreadTeam? team)
    {
        if (_memory is { Missed.Count: > 0 }) _memory.CopyUpToDate(_records, _lastSteps.Pointer, panels.Pointer, part, team);
        else _records.CopyTo(panels, part, team);
        GC.KeepAlive(panels);
    }

    private void CatchUp(RuleMemory memory, ThreadTeam? team)
    {
        memory.CatchUp(_records, _lastSteps.Pointer, team);
        memory.Missed.Clear();
        _lastSteps.Span.Clear();
    }

    /// <summary>The rule of the last step, and what the steps would have done to features that have missed them.</summary>
    private abstract class RuleMemory(MissedSteps missed)
    {
        public MissedSteps Missed => missed;

        public abstract void Gather(FeatureRecords records, SparseColumns columns, float* weights, int* lastSteps, ThreadTeam? team);

        public abstract void CatchUp(FeatureRecords records, int* lastSteps, ThreadTeam? team);

        public abstract void CopyUpToDate(FeatureRecords records, int* lastSteps, float* panels, int part, ThreadTeam? team);
    }

    private sealed class RuleMemory<TRule>(TRule rule) : RuleMemory(new MissedSteps(rule.Idle))
        where TRule : unmanaged, IUpdateRule
    {
        public TRule Rule { get; set; } = rule;

        public override void Gather(FeatureRecords records, SparseColumns columns, float* weights, int* lastSteps, ThreadTeam? team) =>
            new GatherWeightsKernel<TRule>(new(records, Rule, Missed.Now, lastSteps), columns, weights).Run(team);

        public override void CatchUp(FeatureRecords records, int* lastSteps, ThreadTeam? team) =>
            new CatchUpKernel<TRule>(new(records, Rule, Missed.Now, lastSteps)).Run(team);

        public override void CopyUpToDate(FeatureRecords records, int* lastSteps, float* panels, int part, ThreadTeam? team) =>
            new UpToDateKernel<TRule>(new(records, Rule, Missed.Now, lastSteps), panels, part).Run(team);
    }
}
