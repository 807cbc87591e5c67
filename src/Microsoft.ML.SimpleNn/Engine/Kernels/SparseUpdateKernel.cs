using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Runs an optimizer's rule over the features that occur in a minibatch, from the weights that were gathered for it, and writes their records: one piece
/// of work is a block of features.
/// </summary>
internal readonly unsafe struct SparseUpdateKernel<TRule> : IParallelBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 64;

    private readonly float* _records;
    private readonly int _outputs;
    private readonly int _slots;
    private readonly int* _features;
    private readonly int _count;
    private readonly float* _weights;
    private readonly float* _gradients;
    private readonly TRule _rule;
    private readonly MissedSteps.View _missed;
    private readonly int* _lastSteps;

    /// <summary>Prepares an update.</summary>
    /// <param name="records">The layer's parameters and slots.</param>
    /// <param name="columns">The minibatch.</param>
    /// <param name="weights">The weights that <see cref="GatherWeightsKernel{TRule}"/> gathered [occurring x padded outputs].</param>
    /// <param name="gradients">The gradients by them.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="missed">What the steps before this one would have done.</param>
    /// <param name="lastSteps">The step up to which each feature has been updated; set to the one after <paramref name="missed"/>; null where there is nothing to catch up with.</param>
    public SparseUpdateKernel(FeatureRecords records, SparseColumns columns, float* weights, float* gradients, TRule rule, MissedSteps.View missed, int* lastSteps)
    {
        _records = records.Pointer;
        _outputs = records.Layout.PaddedOutputs;
        _slots = records.SlotCount;
        _features = columns.Occurring;
        _count = columns.Count;
        _weights = weights;
        _gradients = gradients;
        _rule = rule;
        _missed = missed;
        _lastSteps = lastSteps;
    }

    /// <summary>Updates all features that occur.</summary>
    public void Run(ThreadTeam? team) => ThreadTeam.For(team, (_count + FeatureBlock - 1) / FeatureBlock, 4L * _count * _outputs, this);

    /// <inheritdoc/>
    public void Run(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(_count, first + FeatureBlock);
        if (Simd.Is512) Update<Simd512, Vector512<float>>(first, end);
        else if (Simd.Is256) Update<Simd256, Vector256<float>>(first, end);
        else Update<Simd128, Vector128<float>>(first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update<TSimd, V>(int first, int end)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        TRule rule = _rule;
        nint outputs = _outputs, length = outputs * (1 + _slots);
        int slots = _slots, now = _missed.Count;
        for (int j = first; j < end; j++)
        {
            if (j + Prefetch.FeaturesAhead < _count)
            {
                int ahead = _features[j + Prefetch.FeaturesAhead];
                Prefetch.Floats(_records + ahead * length, length);
                if (_lastSteps != null) Prefetch.Line(_lastSteps + ahead);
            }

            float* record = _records + _features[j] * length, weights = _weights + j * outputs, gradients = _gradients + j * outputs;
            int lastStep = _lastSteps == null ? now : _lastSteps[_features[j]];
            bool hasMissed = lastStep != now;
            MissedSteps.Effect missed = hasMissed ? _missed.Since(lastStep) : default;
            for (float* last = record + outputs; record < last; record += TSimd.Count, weights += TSimd.Count, gradients += TSimd.Count)
            {
                V weight = TSimd.Load(weights);
                V slot0 = slots > 0 ? TSimd.Load(record + outputs) : default;
                V slot1 = slots > 1 ? TSimd.Load(record + 2 * outputs) : default;
                V slot2 = slots > 2 ? TSimd.Load(record + 3 * outputs) : default;
                if (hasMissed) rule.DecaySlots<TSimd, V>(missed, ref slot0, ref slot1);
                rule.Update<TSimd, V>(ref weight, TSimd.Load(gradients), ref slot0, ref slot1, ref slot2);
                TSimd.Store(weight, record);
                if (slots > 0) TSimd.Store(slot0, record + outputs);
                if (slots > 1) TSimd.Store(slot1, record + 2 * outputs);
                if (slots > 2) TSimd.Store(slot2, record + 3 * outputs);
            }

            if (_lastSteps != null) _lastSteps[_features[j]] = now + 1;
        }
    }
}
