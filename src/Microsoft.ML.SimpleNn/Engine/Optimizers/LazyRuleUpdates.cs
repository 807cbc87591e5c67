using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Lazy updates by one rule.</summary>
internal sealed unsafe class LazyRuleUpdates<TRule> : LazyUpdates
    where TRule : unmanaged, IUpdateRule
{
    private readonly DenseLayer _layer;
    private readonly AlignedBuffer[] _slots;
    private readonly PinnedArray<int> _lastSteps;
    private readonly MissedSteps? _missed;
    private TRule _rule;

    /// <summary>Begins before the first step.</summary>
    /// <param name="layer">The first layer.</param>
    /// <param name="slots">What the rule remembers for it.</param>
    /// <param name="rule">The rule as it is at the first step.</param>
    public LazyRuleUpdates(DenseLayer layer, AlignedBuffer[] slots, TRule rule)
    {
        _layer = layer;
        _slots = slots;
        _lastSteps = new PinnedArray<int>(layer.Inputs + 1);
        if (!rule.Idle.ChangesNothing) _missed = new MissedSteps(rule.Idle);
    }

    /// <summary>A step; the features that occur are up to date.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="columns">The minibatch.</param>
    /// <param name="gradients">The gradients of the features that occur [occurring x padded outputs].</param>
    /// <param name="team">The threads.</param>
    public void Step(TRule rule, SparseColumns columns, float* gradients, ThreadTeam? team)
    {
        _rule = rule;
        _missed?.Add(rule.Idle);
        new SparseUpdateKernel<TRule>
        {
            State = new LayerState(_layer.Layout, _layer.Parameters, _slots),
            Features = columns.Occurring,
            Count = columns.Count,
            Gradients = gradients,
            Rule = rule,
            LastSteps = _lastSteps.Pointer,
            Step = _missed?.Count ?? 0,
        }.Run(team);
        if (_missed is { IsFull: true }) CatchUp(team);
    }

    /// <inheritdoc/>
    public override void CatchUp(SparseColumns columns, ThreadTeam? team) => CatchUp(columns.Occurring, columns.Count, team);

    /// <inheritdoc/>
    public override void CatchUp(ThreadTeam? team)
    {
        if (_missed == null) return;
        CatchUp(null, _layer.Inputs, team);
        _lastSteps.Span.Clear();
        _missed.Clear();
    }

    private void CatchUp(int* features, int count, ThreadTeam? team)
    {
        if (_missed == null || _missed.Count == 0) return;
        new CatchUpKernel<TRule>
        {
            State = new LayerState(_layer.Layout, _layer.Parameters, _slots),
            Features = features,
            Count = count,
            Rule = _rule,
            Missed = _missed.Now,
            LastSteps = _lastSteps.Pointer,
            Step = _missed.Count,
        }.Run(team);
    }
}
