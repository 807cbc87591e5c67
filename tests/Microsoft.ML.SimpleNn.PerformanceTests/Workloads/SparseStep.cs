using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>Training steps with Adam on sparse rows, one minibatch after the other, as the training loop does them.</summary>
internal static class SparseStep
{
    /// <summary>Our side.</summary>
    /// <param name="examples">The rows; each run takes the next minibatches of them.</param>
    /// <param name="hiddenUnits">The units of the hidden layer.</param>
    /// <param name="batchSize">The rows of a minibatch.</param>
    /// <param name="steps">The steps in a run.</param>
    /// <param name="threads">The threads.</param>
    public static Contestant Create(SparseExamples examples, int hiddenUnits, int batchSize, int steps, int threads)
    {
        Network network = Network.Create(examples.FeatureCount, [hiddenUnits], 2);
        network.Initialize(initializer: null, seed: 1);
        var workspace = examples.CreateWorkspace(network, batchSize, threads);
        var adam = new AdamOptimizer();
        OptimizerState state = adam.CreateState(network, sparse: true);
        var sampler = new MinibatchSampler(examples.Count, batchSize, random: null);
        int batch = 0;

        void Run()
        {
            for (int step = 0; step < steps; step++)
            {
                examples.Gather(sampler.Batch(batch), inputs: null, workspace, targetScaling: null);
                state.CatchUp(workspace);
                network.Forward(workspace);
                Loss.SoftmaxCrossEntropy.Evaluate(workspace);
                adam.BackwardAndStep(network, workspace, state);
                batch = (batch + 1) % (examples.Count / batchSize);
            }
        }

        return new Contestant(Contestant.Ours, threads, Run, workspace) { Repetitions = steps };
    }
}
