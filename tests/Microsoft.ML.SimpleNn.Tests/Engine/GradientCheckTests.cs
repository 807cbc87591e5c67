namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Backpropagation is right for every activation with every loss, and for layers and minibatches of odd sizes.</summary>
[TestClass]
public sealed class GradientCheckTests
{
    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["softmax cross-entropy"] = Loss.SoftmaxCrossEntropy,
        ["sigmoid cross-entropy"] = Loss.SigmoidCrossEntropy,
        ["squared error"] = Loss.SquaredError,
    };

    private static readonly Dictionary<string, Loss> LossesOfNumbers = new()
    {
        ["absolute error"] = Loss.AbsoluteError,
        ["Huber"] = Loss.Huber(DoubleLoss.HuberDelta),
        ["Poisson"] = Loss.Poisson,
        ["one quantile"] = Loss.Quantile(0.2f),
        ["a quantile for each output"] = Loss.Quantile(0.05f, 0.5f, 0.95f),
        ["squared error"] = Loss.SquaredError,
        ["sigmoid cross-entropy"] = Loss.SigmoidCrossEntropy,
    };

    public static IEnumerable<object[]> ActivationsAndLosses =>
        from activation in Enum.GetValues<Activation>()
        from loss in Losses.Keys
        select new object[] { activation, loss };

    public static IEnumerable<object[]> NumbersAllKnownOrSomeMissing =>
        from loss in LossesOfNumbers.Keys
        from missing in new[] { false, true }
        select new object[] { loss, missing };

    [TestMethod]
    [DynamicData(nameof(ActivationsAndLosses))]
    public void Hidden_layers(Activation activation, string loss)
    {
        Check(Network.Create(3, [5, 4], 2, activation), Losses[loss], rows: 6);
        Check(Network.Create(7, [17, 3], 5, activation), Losses[loss], rows: 17);
    }

    [TestMethod]
    [DynamicData(nameof(ActivationsAndLosses))]
    public void The_last_layer(Activation activation, string loss) =>
        Check(new Network(new DenseLayer(4, 6, Activation.Tanh), new DenseLayer(6, 3, activation)), Losses[loss], rows: 9);

    [TestMethod]
    [DataRow(1, 1, 1, 1)]
    [DataRow(1, 1, 1, 5)]
    [DataRow(2, 16, 2, 16)]
    [DataRow(3, 49, 2, 7)]
    [DataRow(65, 3, 2, 4)]
    [DataRow(2, 3, 50, 3)]
    [DataRow(5, 4, 3, 50)]
    public void Sizes_at_the_edges_of_the_kernels(int inputs, int hidden, int outputs, int rows)
    {
        foreach (Loss loss in Losses.Values) Check(Network.Create(inputs, [hidden], outputs, Activation.GELU), loss, rows);
    }

    [TestMethod]
    public void No_hidden_layer_and_many()
    {
        foreach (Loss loss in Losses.Values)
        {
            Check(Network.Create(6, [], 4), loss, rows: 8);
            Check(Network.Create(4, [4, 5, 4, 5, 4], 3, Activation.SELU), loss, rows: 8);
        }
    }

    [TestMethod]
    [DynamicData(nameof(NumbersAllKnownOrSomeMissing))]
    public void Losses_of_numbers(string loss, bool missing)
    {
        Check(Network.Create(4, [6], 3, Activation.Tanh), LossesOfNumbers[loss], rows: 11, missing);
        Check(Network.Create(5, [17, 3], 3, Activation.GELU), LossesOfNumbers[loss], rows: 18, missing);
    }

    [TestMethod]
    public void A_gradient_that_is_a_little_wrong_fails_the_check()
    {
        double[] slopes = [1, -2, 3];

        RelativeDifference.AssertWithin(1e-5, slopes, [1, -2.00002f, 3], "the gradient");
        Assert.ThrowsExactly<AssertFailedException>(() => RelativeDifference.AssertWithin(1e-5, slopes, [1, -2.00004f, 3], "the gradient"));
        Assert.ThrowsExactly<AssertFailedException>(() => RelativeDifference.AssertWithin(1e-5, slopes, [1, float.NaN, 3], "the gradient"));
        Assert.ThrowsExactly<AssertFailedException>(() => RelativeDifference.AssertWithin(1e-5, slopes, [1, -2], "the gradient"));
    }

    private static void Check(Network network, Loss loss, int rows, bool missing = false)
    {
        var random = new Random(rows);
        network.Initialize(null, seed: 1);
        foreach (DenseLayer layer in network.Layers) layer.SetBiases(Numbers(random, layer.Outputs));
        float[] targets = loss == Loss.SoftmaxCrossEntropy
            ? [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(network.Outputs))]
            : Array.ConvertAll(Numbers(random, rows * network.Outputs), t => loss == Loss.SigmoidCrossEntropy || loss == Loss.Poisson ? Math.Abs(t) : t);
        for (int i = 0; missing && i < targets.Length; i += 4) targets[i] = float.NaN;
        float[] weights = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 1 ? 2.5f : 1)];
        GradientCheck.Run(network, loss, Numbers(random, rows * network.Inputs), targets, weights);
    }

    /// <summary>Numbers from -1 to 1.</summary>
    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
}
