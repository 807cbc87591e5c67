using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Gathers the weights of the features that occur in a minibatch, each moved on by the steps that it has missed: one piece of work is a block of features.
/// The records stay as they are until the update, so that memory is written once for a step.
/// </summary>
/// <param name="records">The records.</param>
/// <param name="columns">The minibatch.</param>
/// <param name="weights">Takes the weights [occurring x padded outputs].</param>
internal readonly unsafe struct GatherWeightsKernel<TRule>(LazyRecords<TRule> records, SparseColumns columns, float* weights) : IVectorBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 64;

    private readonly int* _features = columns.Occurring;
    private readonly int _count = columns.Count;

    /// <summary>Gathers all.</summary>
    public void Run(ThreadTeam? team) =>
        ThreadTeam.ForVectors(team, (_count + FeatureBlock - 1) / FeatureBlock, UpdateKernel.OperationsPerWeight * _count * records.Outputs, this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IVectorBody.Run<V>(int index)
    {
        TRule rule = records.Rule;
        nint outputs = records.Outputs;
        int slots = records.SlotCount, first = index * FeatureBlock, end = Math.Min(_count, first + FeatureBlock);
        for (int j = first; j < end; j++)
        {
            if (j + Prefetch.FeaturesAhead < _count) records.Prefetch(_features[j + Prefetch.FeaturesAhead]);
            float* record = records[_features[j]], destination = weights + j * outputs;
            if (!records.HasMissed(_features[j], out MissedSteps.Effect missed))
            {
                new ReadOnlySpan<float>(record, (int)outputs).CopyTo(new Span<float>(destination, (int)outputs));
                continue;
            }

            for (float* last = record + outputs; record < last; record += V.Count, destination += V.Count)
            {
                RecordSlots<V>.Load(record, outputs, slots, out V slot0, out V slot1, out V slot2);
                rule.MoveOn(missed, V.Load(record), slot0, slot1, slot2).Store(destination);
            }
        }
    }
}
