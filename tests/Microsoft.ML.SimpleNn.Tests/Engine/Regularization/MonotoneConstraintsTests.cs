namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Outputs that keep a direction as features grow: to the bit, whatever is learned, and without giving up what can be learned.</summary>
[TestClass]
public sealed class MonotoneConstraintsTests
{
    private const int Rows = 400, Steps = 100;
    private static readonly int[] Directions = [1, -1, 0];

    /// <summary>The targets go against the directions, so that only the bounds can keep the outputs from it.</summary>
    [TestMethod]
    [DataRow(Activation.ReLU, 16, 12, true)]
    [DataRow(Activation.LeakyReLU, 1, 1, true)]
    [DataRow(Activation.LeakyReLU, 16, 12, true)]
    [DataRow(Activation.Identity, 16, 12, true)]
    [DataRow(Activation.ReLU, 16, 12, false)]
    [DataRow(Activation.ReLU, 0, 0, true)]
    public void No_output_moves_against_its_direction(Activation activation, int first, int second, bool normalize)
    {
        int[] hidden = first == 0 ? [] : [first, second];
        (float[] features, float[] targets) = Made(row => -3 * row[0] + MathF.Sin(9 * row[0]) + 2 * row[1] + MathF.Sin(7 * row[2]));
        Network bound = Train(hidden, activation, features, targets, Directions, normalize), free = Train(hidden, activation, features, targets, null, normalize);

        Assert.AreEqual(0, Violations(bound, Directions, features));
        Assert.IsGreaterThan(1000, Violations(free, Directions, features));
    }

    /// <summary>Units 0 and 1 rise and fall, units 2 and 3 do not see the monotone features: the sign of a weight is the product of the roles.</summary>
    [TestMethod]
    public void The_weights_have_the_signs_of_the_roles()
    {
        (float[] features, float[] targets) = Made(row => -row[0] + row[1] + row[2]);
        Network network = Train([4, 4], Activation.ReLU, features, targets, Directions, normalize: false);
        int[][] roles = [Directions, [1, -1, 0, 0], [1, -1, 0, 0], [1]];

        for (int layer = 0; layer < 3; layer++)
        {
            float[] weights = network.Layers[layer].GetWeights();
            for (int unit = 0; unit < roles[layer + 1].Length; unit++)
            {
                for (int input = 0; input < roles[layer].Length; input++)
                {
                    float weight = weights[unit * roles[layer].Length + input];
                    int from = roles[layer][input], sign = from * roles[layer + 1][unit];
                    Assert.IsTrue(from == 0 || (sign == 0 ? weight == 0 : weight * sign >= 0), $"layer {layer}, {input} to {unit}: {weight}");
                }
            }
        }
    }

    /// <summary>A step that bends up and down again: convex units alone, or concave ones alone, have an error of a third of its variance and more.</summary>
    [TestMethod]
    public void What_rises_is_learned_as_by_a_free_network()
    {
        (float[] features, float[] targets) = Made(row => 2 / (1 + MathF.Exp(-20 * (row[0] - 0.5f))) + MathF.Sin(6 * row[2]) * row[2]);
        Network network = Train([32, 32], Activation.ReLU, features, targets, [1, 0, 0], normalize: true, epochs: 60);
        double mean = targets.Average(), variance = targets.Average(target => (target - mean) * (target - mean));

        double error = Enumerable.Range(0, Rows).Average(row => Math.Pow(Predict(network, features.AsSpan(row * 3, 3)) - targets[row], 2));

        Assert.IsLessThan(0.02 * variance, error);
    }

    /// <summary>That a value is missing says nothing of its size: the mark's weight has either sign.</summary>
    [TestMethod]
    public void A_missing_value_may_count_in_either_direction()
    {
        foreach (float whereMissing in new[] { -3f, 4f })
        {
            (float[] features, float[] targets) = Made(row => row[0]);
            for (int row = 0; row < Rows; row += 4) (features[row * 3], targets[row]) = (float.NaN, whereMissing);
            Network network = Train([16, 16], Activation.ReLU, features, targets, [1, 0, 0], normalize: true, epochs: 60);

            Assert.AreEqual(whereMissing, Predict(network, [float.NaN, 0.5f, 0.5f]), 0.4f);
            Assert.AreEqual(0, Violations(network, [1, 0, 0], [.. features.Chunk(3).Where(row => !float.IsNaN(row[0])).SelectMany(row => row)]));
        }
    }

    [TestMethod]
    public void A_network_that_goes_on_is_brought_within_the_bounds()
    {
        (float[] features, float[] targets) = Made(row => -row[0]);
        Network network = Train([8], Activation.ReLU, features, targets, null, normalize: false);
        var options = new TrainingOptions { Loss = Loss.SquaredError, WarmStart = true, MonotoneDirections = [1, 0, 0], NumberOfEpochs = 1, NormalizeFeatures = false };

        TrainingLoop.Run(network, new DenseExamples(features, 3, targets), null, options);

        Assert.AreEqual(0, Violations(network, [1, 0, 0], features));
    }

    [TestMethod]
    [DataRow(new[] { 1, 0 }, Activation.ReLU, "MonotoneDirections has 2 numbers, but the network takes 3 features: give one of each.")]
    [DataRow(new[] { 1, 0, 2 }, Activation.ReLU, "A direction of MonotoneDirections is 2: it must be 1, -1 or 0.")]
    [DataRow(new[] { 1, 0, 0 }, Activation.Tanh, "MonotoneDirections does not go with the activation Tanh, which does not keep the order of all numbers: take ReLU, LeakyReLU or Identity.")]
    public void Directions_that_cannot_be_held_are_refused(int[] directions, Activation activation, string message)
    {
        (float[] features, float[] targets) = Made(row => row[0]);

        var error = Assert.ThrowsExactly<ArgumentException>(() => Train([4], activation, features, targets, directions, normalize: true));

        Assert.AreEqual(message, error.Message);
    }

    private static (float[] Features, float[] Targets) Made(Func<float[], float> target)
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        return ([.. rows.SelectMany(row => row)], Array.ConvertAll(rows, row => target(row)));
    }

    private static Network Train(int[] hidden, Activation activation, float[] features, float[] targets, int[]? directions, bool normalize, int epochs = 12)
    {
        Network network = Network.Create(3, hidden, 1, activation);
        TrainingLoop.Run(network, new DenseExamples(features, 3, targets), null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new AdamWOptimizer { LearningRate = 0.04f, Beta2 = 0.95f, Parametrization = Parametrization.NeuralTangent },
            MonotoneDirections = directions,
            NormalizeFeatures = normalize,
            NormalizeTargets = true,
            NumberOfEpochs = epochs,
            NumberOfThreads = 1,
        });
        return network;
    }

    /// <summary>Walks each feature over its range and beyond, from some of the rows.</summary>
    private static int Violations(Network network, int[] directions, float[] features)
    {
        int violations = 0;
        for (int row = 0; row < features.Length / 3; row += 10)
        {
            for (int feature = 0; feature < 3; feature++)
            {
                float[] walker = features[(row * 3)..(row * 3 + 3)];
                float last = float.NaN;
                for (int step = -10; step <= Steps + 10; step++)
                {
                    walker[feature] = (float)step / Steps;
                    float output = Predict(network, walker);
                    if (directions[feature] * (output - last) < 0) violations++;
                    last = output;
                }
            }
        }

        return violations;
    }

    private static float Predict(Network network, ReadOnlySpan<float> row)
    {
        float[] output = new float[1];
        network.Predict(row, 1, output);
        return output[0];
    }
}
