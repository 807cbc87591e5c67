using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Copies a part of all records to a buffer of the layer's shape, moved on by the steps that each feature has missed: one piece of work is a block of features. The
/// records stay as they are, which saves writing all of them at the end of an epoch.
/// </summary>
internal readonly unsafe struct UpToDateKernel<TRule> : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 1024;

    private readonly PanelLayout _layout;
    private readonly float* _records;
    private readonly int _slots;
    private readonly TRule _rule;
    private readonly MissedSteps.View _missed;
    private readonly int* _lastSteps;
    private readonly float* _panels;
    private readonly int _part;

    /// <summary>Prepares a copy.</summary>
    /// <param name="records">The layer's parameters and slots.</param>
    /// <param name="rule">The rule of the last step.</param>
    /// <param name="missed">What the last steps would have done.</param>
    /// <param name="lastSteps">The step up to which each feature has been updated, and the biases.</param>
    /// <param name="panels">The buffer, in panels.</param>
    /// <param name="part">0 for the parameters, 1 for the first slot, and so on.</param>
    public UpToDateKernel(FeatureRecords records, TRule rule, MissedSteps.View missed, int* lastSteps, float* panels, int part)
    {
        _layout = records.Layout;
        _records = records.Pointer;
        _slots = records.SlotCount;
        _rule = rule;
        _missed = missed;
        _lastSteps = lastSteps;
        _panels = panels;
        _part = part;
    }

    /// <summary>Copies all.</summary>
    public void Run(ThreadTeam? team) => ThreadTeam.ForVectors(team, (_layout.Inputs + FeatureBlock) / FeatureBlock, UpdateKernel.OperationsPerWeight * _layout.Length, this);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(_layout.Inputs + 1, first + FeatureBlock);
        TRule rule = _rule;
        PanelLayout layout = _layout;
        nint outputs = layout.PaddedOutputs;
        int slots = _slots, part = _part;
        for (int feature = first; feature < end; feature++)
        {
            bool hasMissed = _lastSteps[feature] != _missed.Count;
            MissedSteps.Effect missed = hasMissed ? _missed.Since(_lastSteps[feature]) : default;
            float* record = _records + feature * (outputs * (1 + slots));
            for (int panel = 0; panel < layout.Count; panel++)
            {
                int width = layout.Width(panel);
                float* destination = _panels + layout.Offset(panel) + (nint)feature * width;
                for (float* last = record + width; record < last; record += V.Count, destination += V.Count)
                {
                    V weight = V.Load(record);
                    V slot0 = slots > 0 ? V.Load(record + outputs) : default;
                    V slot1 = slots > 1 ? V.Load(record + 2 * outputs) : default;
                    V slot2 = slots > 2 ? V.Load(record + 3 * outputs) : default;
                    if (hasMissed && part == 0) weight = rule.MoveOn(missed, weight, slot0, slot1, slot2);
                    if (hasMissed && part > 0) TRule.DecaySlots(missed, ref slot0, ref slot1);
                    (part switch { 0 => weight, 1 => slot0, 2 => slot1, _ => slot2 }).Store(destination);
                }
            }
        }
    }
}
