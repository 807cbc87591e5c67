using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>A step of training: forward, softmax cross-entropy, backward, optimizer.</summary>
/// <param name="data">Network and minibatch.</param>
/// <param name="optimizer">The optimizer, Adam where peers take part; null for the gradients alone.</param>
internal sealed class StepWorkload(StepData data, Optimizer? optimizer) : Workload
{
    public override string Name => $"step with {optimizer?.GetType().Name ?? "no optimizer"}, {data.Name}";

    /// <summary>Three products a layer, but the first layer needs no gradient by its inputs.</summary>
    public override double Operations =>
        data.Network.Layers.Select((layer, i) => (i == 0 ? 2 : 3) * 2.0 * data.Rows * layer.Inputs * layer.Outputs).Sum();

    /// <summary>
    /// Adam's first steps are of one size for every weight, however small its gradient, so that they blow differences of rounding up; and its epsilon stands before the correction for the
    /// zeros here, and behind it in libtorch.
    /// </summary>
    public override double Tolerance => optimizer == null ? base.Tolerance : 1e-2;

    public override Contestant CreateOurs(int threads)
    {
        Network network = data.Network.Clone();
        var workspace = new Workspace(network, data.Rows, threads);
        workspace.Batch.Set(data.Features, data.Classes);
        OptimizerState? state = optimizer?.CreateState(network);
        double loss = 0;

        void Step()
        {
            network.Forward(workspace);
            loss = Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            if (state == null) network.Backward(workspace);
            else optimizer!.BackwardAndStep(network, workspace, state);
        }

        return new Contestant(Contestant.Ours, threads, Step, workspace) { Result = () => [(float)loss] };
    }

    public override Contestant? CreateTheirs(IPeer peer, int threads) => peer.CreateStep(data, optimizer != null, threads);
}
