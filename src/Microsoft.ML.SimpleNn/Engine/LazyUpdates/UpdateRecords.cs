using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// An optimizer's rule on the records of the features that occur in a minibatch: the gradient of each becomes a step from the weights that were gathered for
/// the minibatch. Here the parameters of <see cref="IGradientTarget"/> are those weights, [occurring x padded outputs]. A tile is any range of them, but a
/// feature's tiles come in order and on one thread, because the last one marks the feature as up to date.
/// </summary>
/// <typeparam name="TRule">The rule; the loop is compiled around it.</typeparam>
/// <param name="records">The records, with the rule for weights; a feature that has taken the step is marked.</param>
/// <param name="biasRule">The rule for biases.</param>
/// <param name="columns">The minibatch.</param>
/// <param name="weights">The weights that <see cref="GatherWeightsKernel{TRule}"/> gathered [occurring x padded outputs].</param>
/// <param name="products">Takes, for each feature that occurs, the sum over the outputs of weight times gradient; null where nobody asks.</param>
internal readonly unsafe struct UpdateRecords<TRule>(
    LazyRecords<TRule> records, TRule biasRule, SparseColumns columns, float* weights, float* products) : IGradientTarget
    where TRule : unmanaged, IUpdateRule
{
    private readonly int* _features = columns.Occurring;
    private readonly int _count = columns.Count;

    public float* Place(int first, int count, float* scratch) => scratch;

    /// <summary>weights, slots = rule(gathered weights, gradient, slots).</summary>
    public void Take<V>(int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>
    {
        int outputs = records.Outputs, j = first / outputs, output = first - j * outputs;
        for (int end = first + count; first < end; j++, output = 0)
        {
            int length = Math.Min(outputs - output, end - first);
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
        if (firstOutput == 0 && j + Prefetch.FeaturesAhead < _count) records.Prefetch(_features[j + Prefetch.FeaturesAhead]);
        TRule rule = j == _count - 1 ? biasRule : records.Rule;
        nint outputs = records.Outputs;
        int slots = records.SlotCount, feature = _features[j];
        bool hasMissed = records.HasMissed(feature, out MissedSteps.Effect missed);
        float* record = records[feature] + firstOutput, gathered = weights + j * outputs + firstOutput;
        if (products != null) products[j] = (firstOutput == 0 ? 0 : products[j]) + Reduction.Product<V>(gathered, gradient, count);
        for (float* last = record + count; record < last; record += V.Count, gathered += V.Count, gradient += V.Count)
        {
            V weight = V.Load(gathered);
            RecordSlots<V>.Load(record, outputs, slots, out V slot0, out V slot1, out V slot2);
            if (hasMissed) TRule.DecaySlots(missed, ref slot0, ref slot1);
            rule.Update(ref weight, V.Load(gradient), ref slot0, ref slot1, ref slot2);
            weight.Store(record);
            RecordSlots<V>.Store(record, outputs, slots, slot0, slot1, slot2);
        }

        if (firstOutput + count == outputs) records.MarkUpdated(feature);
    }
}
