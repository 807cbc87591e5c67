using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// An optimizer's rule on the records of the features that occur in a minibatch: the gradient of each becomes a step from the weights that were gathered for the
/// minibatch. Here the parameters of <see cref="IGradientTarget"/> are those weights, [occurring x padded outputs]. A tile is any range of them, but a feature's
/// tiles come in order and on one thread, because the last one marks the feature as up to date.
/// </summary>
/// <typeparam name="TRule">The rule; the loop is compiled around it.</typeparam>
internal readonly unsafe struct UpdateRecords<TRule> : IGradientTarget
    where TRule : unmanaged, IUpdateRule
{
    private readonly float* _records;
    private readonly int _outputs;
    private readonly int _slots;
    private readonly int* _features;
    private readonly int _count;
    private readonly float* _weights;
    private readonly TRule _rule;
    private readonly TRule _biasRule;
    private readonly float* _products;
    private readonly MissedSteps.View _missed;
    private readonly int* _lastSteps;

    /// <summary>Prepares a step.</summary>
    /// <param name="records">The layer's parameters and slots.</param>
    /// <param name="columns">The minibatch.</param>
    /// <param name="weights">The weights that <see cref="GatherWeightsKernel{TRule}"/> gathered [occurring x padded outputs].</param>
    /// <param name="rule">The rule for weights.</param>
    /// <param name="biasRule">The rule for biases.</param>
    /// <param name="missed">What the steps before this one would have done.</param>
    /// <param name="lastSteps">The step up to which each feature has been updated; set to the one after <paramref name="missed"/>; null where there is nothing to catch up with.</param>
    /// <param name="products">Takes, for each feature that occurs, the sum over the outputs of weight times gradient; null where nobody asks.</param>
    public UpdateRecords(FeatureRecords records, SparseColumns columns, float* weights, TRule rule, TRule biasRule, MissedSteps.View missed, int* lastSteps, float* products)
    {
        _records = records.Pointer;
        _outputs = records.Layout.PaddedOutputs;
        _slots = records.SlotCount;
        _features = columns.Occurring;
        _count = columns.Count;
        _weights = weights;
        _rule = rule;
        _biasRule = biasRule;
        _products = products;
        _missed = missed;
        _lastSteps = lastSteps;
    }

    public float* Place(int first, int count, float* scratch) => scratch;

    /// <summary>weights, slots = rule(gathered weights, gradient, slots).</summary>
    public void Take<V>(int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>
    {
        int j = first / _outputs, output = first - j * _outputs;
        for (int end = first + count; first < end; j++, output = 0)
        {
            int length = Math.Min(_outputs - output, end - first);
            Update<V>(j, output, length, gradient);
            first += length;
            gradient += length;
        }
    }

    /// <summary>A step of the weights from the j-th of the features that occur to a range of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update<V>(int j, int firstOutput, int count, float* gradient)
        where V : struct, IFloats<V>
    {
        nint outputs = _outputs, length = outputs * (1 + _slots);
        if (firstOutput == 0 && j + Prefetch.FeaturesAhead < _count)
        {
            int ahead = _features[j + Prefetch.FeaturesAhead];
            Prefetch.Floats(_records + ahead * length, length);
            if (_lastSteps != null) Prefetch.Line(_lastSteps + ahead);
        }

        TRule rule = j == _count - 1 ? _biasRule : _rule;
        int slots = _slots, now = _missed.Count, feature = _features[j];
        int lastStep = _lastSteps == null ? now : _lastSteps[feature];
        bool hasMissed = lastStep != now;
        MissedSteps.Effect missed = hasMissed ? _missed.Since(lastStep) : default;
        float* record = _records + feature * length + firstOutput, weights = _weights + j * outputs + firstOutput;
        if (_products != null) _products[j] = (firstOutput == 0 ? 0 : _products[j]) + Reduction.Product<V>(weights, gradient, count);
        for (float* last = record + count; record < last; record += V.Count, weights += V.Count, gradient += V.Count)
        {
            V weight = V.Load(weights);
            V slot0 = slots > 0 ? V.Load(record + outputs) : default;
            V slot1 = slots > 1 ? V.Load(record + 2 * outputs) : default;
            V slot2 = slots > 2 ? V.Load(record + 3 * outputs) : default;
            if (hasMissed) TRule.DecaySlots(missed, ref slot0, ref slot1);
            rule.Update(ref weight, V.Load(gradient), ref slot0, ref slot1, ref slot2);
            weight.Store(record);
            if (slots > 0) slot0.Store(record + outputs);
            if (slots > 1) slot1.Store(record + 2 * outputs);
            if (slots > 2) slot2.Store(record + 3 * outputs);
        }

        if (_lastSteps != null && firstOutput + count == _outputs) _lastSteps[feature] = now + 1;
    }
}
