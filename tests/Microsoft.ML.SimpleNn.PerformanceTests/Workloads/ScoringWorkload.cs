using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>A network's outputs for rows.</summary>
internal sealed class ScoringWorkload(StepData data) : Workload
{
    public override string Name => $"scoring, {data.Name}";

    public override double Operations => data.Network.Layers.Sum(layer => 2.0 * data.Rows * layer.Inputs * layer.Outputs);

    public override Contestant CreateOurs(int threads)
    {
        float[] outputs = new float[data.Rows * data.Network.Outputs];
        void Predict()
        {
            if (threads == 1) data.Network.Predict(data.Features, data.Rows, outputs, team: null);
            else data.Network.Predict(data.Features, data.Rows, outputs); // on as many threads as it pays
        }

        return new Contestant(Contestant.Ours, threads, Predict, resources: null) { Result = () => [.. outputs] };
    }

    public override Contestant? CreateTheirs(IPeer peer, int threads) => peer.CreateScoring(data, threads);
}
