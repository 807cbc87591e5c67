using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Gathers the weights of the features that occur in a minibatch, each moved on by the steps that it has missed: one piece of work is a block of features.
/// The records stay as they are until the update, so that memory is written once for a step.
/// </summary>
internal readonly unsafe struct GatherWeightsKernel<TRule> : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 64;

    private readonly float* _records;
    private readonly int _outputs;
    private readonly int _slots;
    private readonly int* _features;
    private readonly int _count;
    private readonly float* _weights;
    private readonly TRule _rule;
    private readonly MissedSteps.View _missed;
    private readonly int* _lastSteps;

    /// <summary>Prepares to gather.</summary>
    /// <param name="records">The layer's parameters and slots.</param>
    /// <param name="columns">The minibatch.</param>
    /// <param name="weights">Takes the weights [occurring x padded outputs].</param>
    /// <param name="rule">The rule of the last step.</param>
    /// <param name="missed">What the last steps would have done.</param>
    /// <param name="lastSteps">The step up to which each feature has been updated; null where there is nothing to catch up with.</param>
    public GatherWeightsKernel(FeatureRecords records, SparseColumns columns, float* weights, TRule rule, MissedSteps.View missed, int* lastSteps)
    {
        _records = records.Pointer;
        _outputs = records.Layout.PaddedOutputs;
        _slots = records.SlotCount;
        _features = columns.Occurring;
        _count = columns.Count;
        _weights = weights;
        _rule = rule;
        _missed = missed;
        _lastSteps = lastSteps;
    }

    /// <summary>Gathers all.</summary>
    public void Run(ThreadTeam? team) => ThreadTeam.ForVectors(team, (_count + FeatureBlock - 1) / FeatureBlock, UpdateKernel.OperationsPerWeight * _count * _outputs, this);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(_count, first + FeatureBlock);
        TRule rule = _rule;
        nint outputs = _outputs, length = outputs * (1 + _slots);
        int slots = _slots;
        for (int j = first; j < end; j++)
        {
            if (j + Prefetch.FeaturesAhead < _count)
            {
                int ahead = _features[j + Prefetch.FeaturesAhead];
                Prefetch.Floats(_records + ahead * length, length);
                if (_lastSteps != null) Prefetch.Line(_lastSteps + ahead);
            }

            float* record = _records + _features[j] * length, weights = _weights + j * outputs;
            int lastStep = _lastSteps == null ? _missed.Count : _lastSteps[_features[j]];
            if (lastStep == _missed.Count)
            {
                new ReadOnlySpan<float>(record, _outputs).CopyTo(new Span<float>(weights, _outputs));
                continue;
            }

            MissedSteps.Effect missed = _missed.Since(lastStep);
            for (float* last = record + outputs; record < last; record += V.Count, weights += V.Count)
            {
                V slot0 = slots > 0 ? V.Load(record + outputs) : default;
                V slot1 = slots > 1 ? V.Load(record + 2 * outputs) : default;
                V slot2 = slots > 2 ? V.Load(record + 3 * outputs) : default;
                rule.MoveOn(missed, V.Load(record), slot0, slot1, slot2).Store(weights);
            }
        }
    }
}
