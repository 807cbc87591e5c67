using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Dropout's forward and backward pass with the mask fixed, and what it does in a run.</summary>
[TestClass]
public sealed class DropoutTests
{
    private readonly SampleRows _training = new(60);
    private readonly SampleRows _validation = new(50, seed: 2);

    [TestMethod]
    [EveryActivation]
    public void Outputs_and_gradients_are_those_of_the_masked_network(Activation activation)
    {
        Check(activation, inputRate: 0.3f, hiddenRate: 0);
        Check(activation, inputRate: 0, hiddenRate: 0.5f);
        Check(activation, inputRate: 0.2f, hiddenRate: 0.4f);
    }

    [TestMethod]
    public void Each_step_layer_row_and_seed_has_a_mask_of_its_own()
    {
        Network network = Network.Create(30, [30], 1);
        var masks = new DropoutMasks(0.5f, 0.5f, seed: 1);
        double[][] first = DropoutFactors.Of(network, 2, masks, step: 0);

        double[][] all =
        [
            first[0][..30], first[0][30..], first[1][..30], first[1][30..], DropoutFactors.Of(network, 1, masks, step: 1)[0],
            DropoutFactors.Of(network, 1, new DropoutMasks(0.5f, 0.5f, seed: 2), step: 0)[0],
        ];
        Assert.HasCount(all.Length, all.Select(mask => string.Join(' ', mask)).Distinct());
    }

    [TestMethod]
    public void Rates_of_zero_change_no_bit()
    {
        Network plain = Create(), zero = Create();
        TrainingLoop.Run(plain, _training.ToExamples(), null, Options());
        TrainingLoop.Run(zero, _training.ToExamples(), null, Options(input: 0, hidden: 0));
        Bits.AssertEqual(plain.AllWeights(), zero.AllWeights(), "weights");

        float[] x = Samples.Create(4 * 5, seed: 1);
        Bits.AssertEqual(Outputs(plain, x, null), Outputs(plain, x, new DropoutMasks(0, 0, seed: 1)), "outputs");
    }

    [TestMethod]
    public void The_seed_decides_the_masks_of_a_run()
    {
        Network first = Create(), same = Create();
        TrainingLoop.Run(first, _training.ToExamples(), null, Options(input: 0.2f, hidden: 0.5f));
        TrainingLoop.Run(same, _training.ToExamples(), null, Options(input: 0.2f, hidden: 0.5f));

        Bits.AssertEqual(first.AllWeights(), same.AllWeights(), "weights");
        foreach ((float input, float hidden) in new[] { (0.2f, 0f), (0f, 0.5f), (0f, 0f) })
        {
            Network other = Create();
            TrainingLoop.Run(other, _training.ToExamples(), null, Options(input, hidden));
            CollectionAssert.AreNotEqual(first.AllWeights(), other.AllWeights());
        }
    }

    [TestMethod]
    public void Sparse_rows_lose_what_the_same_rows_in_full_lose()
    {
        float[] x = Samples.Create(40 * 9, seed: 6), classes = [.. Enumerable.Range(0, 40).Select(row => (float)(row % 3))];
        for (int i = 0; i < x.Length; i++)
            if (i % 3 != 0) x[i] = 0;
        Network full = Train(new DenseExamples(x, 9, classes), 0.4f), sparse = Train(SparseSamples.ToExamples(x, 9, classes), 0.4f), kept = Train(SparseSamples.ToExamples(x, 9, classes), 0);

        RelativeDifference.AssertWithin(1e-5, Array.ConvertAll(full.AllWeights(), w => (double)w), sparse.AllWeights(), "weights");
        Assert.IsGreaterThan(1e-3, sparse.AllWeights().Zip(kept.AllWeights(), (a, b) => Math.Abs(a - b)).Max(), "something was dropped");

        static Network Train(ExampleSet rows, float rate)
        {
            Network network = Network.Create(9, [8], 3, Activation.Tanh);
            TrainingLoop.Run(network, rows, null, new TrainingOptions
            {
                Loss = Loss.SoftmaxCrossEntropy,
                Optimizer = new SgdOptimizer { LearningRate = 0.2f },
                NumberOfEpochs = 3,
                BatchSize = 10,
                InputDropout = rate,
                NormalizeFeatures = false,
                Seed = 1,
                NumberOfThreads = 1,
            });
            return network;
        }
    }

    [TestMethod]
    public void Validation_rows_are_judged_without_dropout()
    {
        Network network = Create();
        TrainingHistory history = TrainingLoop.Run(network, _training.ToExamples(), _validation.ToExamples(), Options(input: 0.2f, hidden: 0.5f));

        Assert.AreEqual(_validation.LossOf(network), history.Epochs[^1].ValidationLoss!.Value, 1e-5);
    }

    [TestMethod]
    public void Dropout_keeps_a_network_from_learning_noise_by_heart()
    {
        // Labels that have nothing to do with the features: whatever is learned of them is learned by heart.
        SampleRows rows = new(60, noise: 1000);
        Network plain = Network.Create(5, [100], 3), dropped = Network.Create(5, [100], 3);
        TrainingLoop.Run(plain, rows.ToExamples(), null, Options(epochs: 150));
        TrainingLoop.Run(dropped, rows.ToExamples(), null, Options(hidden: 0.7f, epochs: 150));

        Assert.IsLessThan(0.6 * rows.LossOf(dropped), rows.LossOf(plain));
    }

    private static void Check(Activation activation, float inputRate, float hiddenRate)
    {
        Network network = Network.Create(7, [17, 20], 3, activation);
        network.Initialize(null, seed: 1);
        foreach (DenseLayer layer in network.Layers) layer.SetBiases(Samples.Create(layer.Outputs, seed: 2));
        float[] targets = [.. Enumerable.Range(0, 19).Select(row => (float)(row % 3))];
        GradientCheck.Run(network, Loss.SoftmaxCrossEntropy, Samples.Create(19 * 7, seed: 3), targets, [.. targets.Select(_ => 1f)], new DropoutMasks(inputRate, hiddenRate, seed: 5), step: 11);
    }

    private static float[] Outputs(Network network, float[] x, DropoutMasks? dropout)
    {
        using var workspace = new Workspace(network, 4);
        workspace.Batch.Set(x);
        network.Forward(workspace, dropout, step: 3);
        return workspace.GetOutputs(network.Layers.Count - 1);
    }

    private static Network Create() => Network.Create(5, [12, 9], 3, Activation.Tanh);

    private static TrainingOptions Options(float input = 0, float hidden = 0, int epochs = 3) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = new AdamOptimizer { LearningRate = 0.01f },
        NumberOfEpochs = epochs,
        BatchSize = 20,
        EarlyStopping = false,
        InputDropout = input,
        Dropout = hidden,
        Seed = 1,
        NumberOfThreads = 1,
    };
}
