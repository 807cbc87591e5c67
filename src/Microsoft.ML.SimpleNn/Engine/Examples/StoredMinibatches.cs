namespace Microsoft.ML.SimpleNn;

/// <summary>Minibatches of rows in memory: all of them are shuffled for each epoch.</summary>
internal sealed class StoredMinibatches(ExampleSet examples, int batchSize, InputStage? inputs, TargetScaling? targetScaling, RandomSource? order,
    DistortedImages? images)
    : Minibatches(examples.Count, batchSize)
{
    private readonly MinibatchSampler _sampler = new(examples.Count, batchSize, order);
    private int _next;

    public override void Begin()
    {
        Skip();
        _next = 0;
    }

    public override void Skip()
    {
        _sampler.Shuffle();
        images?.BeginEpoch();
    }

    public override bool Next(Workspace workspace)
    {
        if (_next == _sampler.BatchCount) return false;
        examples.Gather(_sampler.Batch(_next++), inputs, workspace, targetScaling, images);
        return true;
    }
}
