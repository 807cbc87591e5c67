using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Copies a part of all records to a buffer of the layer's shape, moved on by the steps that each feature has missed: one piece of work is a block of
/// features. The records stay as they are, which saves writing all of them at the end of an epoch.
/// </summary>
/// <param name="records">The records.</param>
/// <param name="panels">The buffer, in panels.</param>
/// <param name="part">0 for the parameters, 1 for the first slot, and so on.</param>
internal readonly unsafe struct UpToDateKernel<TRule>(LazyRecords<TRule> records, float* panels, int part) : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 1024;

    /// <summary>Copies all.</summary>
    public void Run(ThreadTeam? team) =>
        ThreadTeam.ForVectors(team, (records.Layout.Inputs + FeatureBlock) / FeatureBlock, UpdateKernel.OperationsPerWeight * records.Layout.Length, this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        TRule rule = records.Rule;
        PanelLayout layout = records.Layout;
        nint outputs = records.Outputs;
        int slots = records.SlotCount, copied = part, first = index * FeatureBlock, end = Math.Min(layout.Inputs + 1, first + FeatureBlock);
        for (int feature = first; feature < end; feature++)
        {
            bool hasMissed = records.HasMissed(feature, out MissedSteps.Effect missed);
            float* record = records[feature];
            for (int panel = 0; panel < layout.Count; panel++)
            {
                int width = layout.Width(panel);
                float* destination = panels + layout.Offset(panel) + (nint)feature * width;
                for (float* last = record + width; record < last; record += V.Count, destination += V.Count)
                {
                    V weight = V.Load(record);
                    RecordSlots<V>.Load(record, outputs, slots, out V slot0, out V slot1, out V slot2);
                    if (hasMissed && copied == 0) weight = rule.MoveOn(missed, weight, slot0, slot1, slot2);
                    if (hasMissed && copied > 0) TRule.DecaySlots(missed, ref slot0, ref slot1);
                    (copied switch { 0 => weight, 1 => slot0, 2 => slot1, _ => slot2 }).Store(destination);
                }
            }
        }
    }
}
