using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The records of a layer's features, with the steps that each has missed: what the kernels of <see cref="LazyUpdates"/> share.</summary>
/// <param name="records">The layer's parameters and slots.</param>
/// <param name="rule">The rule for weights: that of the last step, or of the one that begins.</param>
/// <param name="missed">What the steps before would have done.</param>
/// <param name="lastSteps">The step up to which each feature has been updated, and the biases; null where there is nothing to catch up with.</param>
internal readonly unsafe struct LazyRecords<TRule>(FeatureRecords records, TRule rule, MissedSteps.View missed, int* lastSteps)
    where TRule : unmanaged, IUpdateRule
{
    private readonly float* _first = records.Pointer;

    /// <summary>The layer's shape.</summary>
    public PanelLayout Layout { get; } = records.Layout;

    /// <summary>The padded outputs: the weights of a record, and from one slot to the next.</summary>
    public int Outputs { get; } = records.Layout.PaddedOutputs;

    /// <summary>The slots of a record: 0 to 3.</summary>
    public int SlotCount { get; } = records.SlotCount;

    /// <summary>The rule for weights.</summary>
    public TRule Rule => rule;

    /// <summary>A feature's record; that of the biases is the last one.</summary>
    public float* this[int feature] => _first + feature * Length;

    private nint Length => (nint)Outputs * (1 + SlotCount);

    /// <summary>Whether a feature has missed steps, and what they come to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasMissed(int feature, out MissedSteps.Effect effect)
    {
        int last = lastSteps == null ? missed.Count : lastSteps[feature];
        bool hasMissed = last != missed.Count;
        effect = hasMissed ? missed.Since(last) : default;
        return hasMissed;
    }

    /// <summary>A feature has taken the step after the missed ones.</summary>
    public void MarkUpdated(int feature)
    {
        if (lastSteps != null) lastSteps[feature] = missed.Count + 1;
    }

    /// <summary>Asks for a record ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int feature)
    {
        Kernels.Prefetch.Floats(this[feature], Length);
        if (lastSteps != null) Kernels.Prefetch.Line(lastSteps + feature);
    }
}
