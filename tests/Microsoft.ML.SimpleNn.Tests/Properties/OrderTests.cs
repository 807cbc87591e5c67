using CsCheck;

namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>No feature and no output is special: in another order, with the weights in that order too, everything is as it was, to rounding.</summary>
[TestClass]
public sealed class OrderTests
{
    private const double Rounding = 1e-5, RoundingOfSteps = 1e-3;

    [TestMethod]
    public void The_order_of_the_features_does_not_matter_to_the_outputs() => Problems.Any.Sample(
        problem =>
        {
            Network network = problem.CreateNetwork();
            float[] x = problem.DrawFeatures();
            int[] order = Problems.Order(problem.Features, problem.Seed);

            Problems.AssertClose(network.Predict(x), WithFeatures(network, order).Predict(Problems.WithColumns(x, order)), Rounding, "outputs");
        });

    [TestMethod]
    public void The_order_of_the_features_does_not_matter_to_a_training() => Problems.OfFullBatches.Sample(
        problem =>
        {
            Network network = problem.CreateNetwork();
            float[] x = problem.DrawFeatures(), targets = problem.DrawTargets();
            int[] order = Problems.Order(problem.Features, problem.Seed);
            float[] ordered = Problems.WithColumns(x, order);
            Network other = problem.Train(WithFeatures(network, order), new DenseExamples(ordered, problem.Features, targets));
            problem.Train(network, new DenseExamples(x, problem.Features, targets));

            Problems.AssertClose(network.Predict(x), other.Predict(ordered), RoundingOfSteps, "outputs");
        });

    [TestMethod]
    public void The_order_of_classes_or_other_outputs_does_not_matter_to_a_training() => Problems.OfFullBatches.Sample(
        problem =>
        {
            Network network = problem.CreateNetwork();
            float[] x = problem.DrawFeatures(), targets = problem.DrawTargets();
            int[] order = Problems.Order(problem.Outputs, problem.Seed);
            float[] ordered = problem.Kind == LossKind.Classes ? Array.ConvertAll(targets, label => (float)Array.IndexOf(order, (int)label)) : Problems.WithColumns(targets, order);
            Network other = problem.Train(network.WithOutputs(order), new DenseExamples(x, problem.Features, ordered));
            problem.Train(network, new DenseExamples(x, problem.Features, targets));

            Problems.AssertClose(Problems.WithColumns(network.Predict(x), order), other.Predict(x), RoundingOfSteps, "outputs");
        });

    /// <summary>A copy whose features are those of the network in another order.</summary>
    private static Network WithFeatures(Network network, int[] order)
    {
        Network copy = network.Clone();
        copy.Layers[0].SetWeights(Problems.WithColumns(network.Layers[0].GetWeights(), order));
        return copy;
    }
}
