using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The targets of an autoencoder: its features, so there is nothing to read and no row without a target.</summary>
/// <param name="features">The feature column.</param>
/// <param name="bottleneck">The units through which the features must pass.</param>
internal sealed class ReconstructionTargets(DataViewSchema.Column features, int bottleneck) : TargetReader
{
    public override DataViewSchema.Column Column => features;

    public override int TargetsPerRow => 0;

    public override int Outputs => ((VectorDataViewType)features.Type).Size;

    public override bool TargetsAreFeatures => true;

    public override void Bind(string data, DataViewRow cursor)
    {
    }

    public override bool TryRead(long row, Span<float> targets) => true;

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
        if (bottleneck >= Outputs)
            channel.Warning(MessageSensitivity.Schema, $"The bottleneck has {bottleneck} units for {Outputs} features in column '{features.Name}': the " +
                $"network may learn to give any row back, anomalies too. " +
                $"Give the last of {nameof(SimpleNnOptionsBase.HiddenLayers)} fewer units.");
    }
}
