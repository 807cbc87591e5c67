using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Gives all features the steps that they have missed, in their records: one piece of work is a block of features.</summary>
/// <param name="records">The records, of which the caller marks all as up to date.</param>
internal readonly unsafe struct CatchUpKernel<TRule>(LazyRecords<TRule> records) : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 1024;

    /// <summary>Catches up with all features.</summary>
    public void Run(ThreadTeam? team)
    {
        int count = records.Layout.Inputs;
        ThreadTeam.ForVectors(team, (count + FeatureBlock - 1) / FeatureBlock, UpdateKernel.OperationsPerWeight * count * records.Outputs, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        TRule rule = records.Rule;
        nint outputs = records.Outputs;
        int slots = records.SlotCount, first = index * FeatureBlock, end = Math.Min(records.Layout.Inputs, first + FeatureBlock);
        for (int feature = first; feature < end; feature++)
        {
            if (!records.HasMissed(feature, out MissedSteps.Effect missed)) continue;
            float* record = records[feature];
            for (float* last = record + outputs; record < last; record += V.Count)
            {
                RecordSlots<V>.Load(record, outputs, slots, out V slot0, out V slot1, out V slot2);
                rule.MoveOn(missed, V.Load(record), slot0, slot1, slot2).Store(record);
                TRule.DecaySlots(missed, ref slot0, ref slot1);
                RecordSlots<V>.Store(record, outputs, slots, slot0, slot1, slot2);
            }
        }
    }
}
