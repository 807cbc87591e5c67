using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Gives all features the steps that they have missed, in their records: one piece of work is a block of features.</summary>
internal readonly unsafe struct CatchUpKernel<TRule> : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 1024;

    private readonly float* _records;
    private readonly int _outputs;
    private readonly int _slots;
    private readonly int _count;
    private readonly TRule _rule;
    private readonly MissedSteps.View _missed;
    private readonly int* _lastSteps;

    /// <summary>Prepares to catch up.</summary>
    /// <param name="records">The layer's parameters and slots.</param>
    /// <param name="rule">The rule of the last step.</param>
    /// <param name="missed">What the last steps would have done.</param>
    /// <param name="lastSteps">The step up to which each feature has been updated; the caller sets it for all.</param>
    public CatchUpKernel(FeatureRecords records, TRule rule, MissedSteps.View missed, int* lastSteps)
    {
        _records = records.Pointer;
        _outputs = records.Layout.PaddedOutputs;
        _slots = records.SlotCount;
        _count = records.Layout.Inputs;
        _rule = rule;
        _missed = missed;
        _lastSteps = lastSteps;
    }

    /// <summary>Catches up with all features.</summary>
    public void Run(ThreadTeam? team) => ThreadTeam.ForVectors(team, (_count + FeatureBlock - 1) / FeatureBlock, UpdateKernel.OperationsPerWeight * _count * _outputs, this);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(_count, first + FeatureBlock);
        TRule rule = _rule;
        nint outputs = _outputs;
        int slots = _slots;
        for (int feature = first; feature < end; feature++)
        {
            if (_lastSteps[feature] == _missed.Count) continue;
            MissedSteps.Effect missed = _missed.Since(_lastSteps[feature]);
            float* record = _records + feature * (outputs * (1 + slots));
            for (float* last = record + outputs; record < last; record += V.Count)
            {
                V slot0 = slots > 0 ? V.Load(record + outputs) : default;
                V slot1 = slots > 1 ? V.Load(record + 2 * outputs) : default;
                V slot2 = slots > 2 ? V.Load(record + 3 * outputs) : default;
                rule.MoveOn(missed, V.Load(record), slot0, slot1, slot2).Store(record);
                TRule.DecaySlots(missed, ref slot0, ref slot1);
                if (slots > 0) slot0.Store(record + outputs);
                if (slots > 1) slot1.Store(record + 2 * outputs);
            }
        }
    }
}
