using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>A whole step of training: forward, softmax cross-entropy, backward, Adam.</summary>
internal sealed class StepWorkload(int[] sizes, int rows) : Workload
{
    private readonly StepData _data = new(sizes, rows);

    public override string Name => "training step";

    public override string Shape => $"{string.Join('-', sizes)}, batch {rows}";

    /// <summary>Three products a layer, but the first layer needs no gradient by its inputs.</summary>
    public override double Operations =>
        _data.Network.Layers.Select((layer, i) => (i == 0 ? 2 : 3) * 2.0 * rows * layer.Inputs * layer.Outputs).Sum();

    public override Contestant CreateOurs(int threads)
    {
        Network network = _data.Network.Clone();
        var workspace = new Workspace(network, rows, threads);
        workspace.Batch.Set(_data.Features, _data.Classes);
        var adam = new AdamOptimizer();
        OptimizerState state = adam.CreateState(network);
        double loss = 0;

        void Step()
        {
            network.Forward(workspace);
            loss = Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            adam.BackwardAndStep(network, workspace, state);
        }

        return new Contestant(Step, () => [(float)loss], workspace);
    }

    public override Contestant CreateTheirs(IPeer peer) => peer.CreateTrainingStep(_data);
}
