using CsCheck;
using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>What a row's weight is, and that it does not matter how a row comes: alone or among others, with its zeros or without.</summary>
[TestClass]
public sealed class RowTests
{
    private const double RoundingOfSteps = 1e-3;

    [TestMethod]
    public void A_power_of_two_as_the_unit_of_the_weights_changes_no_bit() =>
        Gen.Select(Problems.Any, Gen.Int[-20, 20]).Sample((problem, power) => AssertUnitChangesNoBit(problem, MathF.ScaleB(1, power)));

    /// <summary>Without standardisation, whose means are sums of weighted features, and round as sums do.</summary>
    [TestMethod]
    public void The_unit_of_the_weights_changes_no_bit_of_a_training() =>
        Gen.Select(Problems.Any, Gen.Int[2, 1000]).Sample((problem, unit) => AssertUnitChangesNoBit(problem with { Normalize = false }, unit));

    [TestMethod]
    public void Weights_that_are_all_alike_are_none_to_the_bit() => Gen.Select(Problems.Any, Gen.Float[0.001f, 1000]).Sample((any, weight) =>
    {
        Problem problem = any with { Normalize = false };
        float[] x = problem.DrawFeatures(), targets = problem.DrawTargets();
        Network network = problem.Train(new DenseExamples(x, problem.Features, targets));
        Network other = problem.Train(new DenseExamples(x, problem.Features, targets, [.. Enumerable.Repeat(weight, problem.Rows)]));

        Bits.AssertEqual(network.AllWeights(), other.AllWeights(), "weights");
    });

    /// <summary>Without a penalty, which is divided by the rows that there are: of what has a unit of its own, the sum of the weights is no number.</summary>
    [TestMethod]
    public void A_weight_is_a_number_of_rows() => Problems.OfFullBatches.Select(problem => problem with { Penalty = 0 }).Sample(
        problem =>
        {
            float[] x = problem.DrawFeatures(), weights = problem.DrawWeights();
            var rows = new DenseExamples(x, problem.Features, problem.DrawTargets(), weights);
            var unweighted = new DenseExamples(x, problem.Features, problem.DrawTargets());
            int[] repeated = [.. Enumerable.Range(0, problem.Rows).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];

            Problems.AssertClose(problem.Train(unweighted.Subset(repeated)).Predict(x), problem.Train(rows).Predict(x), RoundingOfSteps, "outputs");
        });

    [TestMethod]
    public void A_batch_is_scored_as_each_of_its_rows_is_to_the_bit() => Problems.Any.Sample(
        problem =>
        {
            float[] x = problem.DrawFeatures();
            Network network = problem.Train(new DenseExamples(x, problem.Features, problem.DrawTargets()));
            float[] batch = network.Predict(x), row = new float[problem.Outputs];
            for (int i = 0; i < problem.Rows; i++)
            {
                float[] features = x[(i * problem.Features)..((i + 1) * problem.Features)];
                int[] indices = [.. Enumerable.Range(0, features.Length).Where(feature => features[feature] != 0)];
                ReadOnlySpan<float> expected = batch.AsSpan(i * problem.Outputs, problem.Outputs);
                Bits.AssertEqual(expected, network.Predict(features), $"row {i}");
                network.Predict(indices, Array.ConvertAll(indices, feature => features[feature]), row);
                Bits.AssertEqual(expected, row, $"row {i} without its zeros");
            }
        });

    /// <summary>Without standardisation, which does not centre sparse rows, and without a penalty, which acts on the features of a minibatch.</summary>
    [TestMethod]
    public void Rows_without_their_zeros_train_as_those_with_them() => Problems.Any.Select(problem => problem with { Normalize = false, Penalty = 0 }).Sample(
        problem =>
        {
            float[] x = problem.DrawFeatures(), targets = problem.DrawTargets();
            Network dense = problem.Train(new DenseExamples(x, problem.Features, targets)), sparse = problem.Train(SparseSamples.ToExamples(x, problem.Features, targets));

            Problems.AssertClose(dense.Predict(x), sparse.Predict(x), RoundingOfSteps, "outputs");
        });

    private static void AssertUnitChangesNoBit(Problem problem, float unit)
    {
        float[] x = problem.DrawFeatures(), targets = problem.DrawTargets(), weights = problem.DrawWeights();
        Network network = problem.Train(new DenseExamples(x, problem.Features, targets, weights));
        Network other = problem.Train(new DenseExamples(x, problem.Features, targets, Array.ConvertAll(weights, weight => weight * unit)));

        Bits.AssertEqual(network.AllWeights(), other.AllWeights(), "weights");
    }
}
