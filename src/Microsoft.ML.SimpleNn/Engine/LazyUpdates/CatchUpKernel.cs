using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Gives all features the steps that they have missed, in their records: one piece of work is a block of features.</summary>
internal readonly unsafe struct CatchUpKernel<TRule> : IParallelBody
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
    public void Run(ThreadTeam? team) => ThreadTeam.For(team, (_count + FeatureBlock - 1) / FeatureBlock, UpdateKernel.OperationsPerWeight * _count * _outputs, this);

    /// <inheritdoc/>
    public void Run(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(_count, first + FeatureBlock);
        if (Simd.Is512) CatchUp<Simd512, Vector512<float>>(first, end);
        else if (Simd.Is256) CatchUp<Simd256, Vector256<float>>(first, end);
        else CatchUp<Simd128, Vector128<float>>(first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp<TSimd, V>(int first, int end)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        TRule rule = _rule;
        nint outputs = _outputs;
        int slots = _slots;
        for (int feature = first; feature < end; feature++)
        {
            if (_lastSteps[feature] == _missed.Count) continue;
            MissedSteps.Effect missed = _missed.Since(_lastSteps[feature]);
            float* record = _records + feature * (outputs * (1 + slots));
            for (float* last = record + outputs; record < last; record += TSimd.Count)
            {
                V slot0 = slots > 0 ? TSimd.Load(record + outputs) : default;
                V slot1 = slots > 1 ? TSimd.Load(record + 2 * outputs) : default;
                V slot2 = slots > 2 ? TSimd.Load(record + 3 * outputs) : default;
                TSimd.Store(rule.MoveOn<TSimd, V>(missed, TSimd.Load(record), slot0, slot1, slot2), record);
                rule.DecaySlots<TSimd, V>(missed, ref slot0, ref slot1);
                if (slots > 0) TSimd.Store(slot0, record + outputs);
                if (slots > 1) TSimd.Store(slot1, record + 2 * outputs);
            }
        }
    }
}
