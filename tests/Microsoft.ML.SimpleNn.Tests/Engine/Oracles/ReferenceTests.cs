using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>
/// The engine against another library's numbers, computed in double precision. Every tensor must agree to 1e-5 of its largest magnitude
/// (<see cref="RelativeDifference"/>), so that ten steps in float have room for their rounding and for nothing else.
/// </summary>
[TestClass]
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-5;

    public static IEnumerable<object[]> Cases =>
        from path in ReferenceFile.Paths
        from item in ReferenceFile.Read(path).Cases.Select((reference, index) => (Case: reference, Index: index))
        select new object[] { path, item.Index, $"{string.Join('-', item.Case.Layers)} {item.Case.Activation} {item.Case.Loss} {item.Case.Optimizer}" };

    public static string Describe(MethodInfo method, object[] row) => $"{method.Name} ({Path.GetFileName((string)row[0])}, case {row[1]}: {row[2]})";

    [TestMethod]
    [DynamicData(nameof(Cases), DynamicDataDisplayName = nameof(Describe))]
    public void Outputs_gradients_losses_and_final_weights(string path, int index, string description)
    {
        (ReferenceCase reference, Network network) = Read(path, index, description);
        Loss loss = reference.EngineLoss();
        Optimizer optimizer = reference.EngineOptimizer();
        WeightPenalty? penalty = reference.EnginePenalty();
        OptimizerState state = optimizer.CreateState(network);
        using Workspace workspace = AssertFirstStep(reference, network);
        var losses = new List<float>();
        for (int step = 0; step < reference.Steps; step++)
        {
            network.Forward(workspace);
            losses.Add((float)loss.Evaluate(workspace));
            network.Backward(workspace);
            penalty?.AddGradient(network, workspace);
            optimizer.Step(network, workspace, state);
        }

        RelativeDifference.AssertWithin(Tolerance, reference.Losses, [.. losses], "losses");
        for (int i = 0; i < network.Layers.Count; i++)
        {
            RelativeDifference.AssertWithin(Tolerance, [.. reference.WeightsAfter[i].SelectMany(row => row)], network.Layers[i].GetWeights(), $"weights after the last step, layer {i}");
            RelativeDifference.AssertWithin(Tolerance, reference.BiasesAfter[i], network.Layers[i].GetBiases(), $"biases after the last step, layer {i}");
        }
    }

    /// <summary>Every activation with every loss, and every optimizer: nothing is left out of the file by mistake.</summary>
    [TestMethod]
    public void The_reference_has_all_its_cases()
    {
        ReferenceCase[] cases = ReferenceFile.Read(ReferenceFile.Paths.First()).Cases;

        Assert.HasCount(44, cases);
        Assert.HasCount(8 * 3, cases.Where(reference => reference.Optimizer == "sgd").Select(reference => (reference.Activation, reference.Loss)).Distinct());
        Assert.HasCount(10, cases.Select(reference => reference.Optimizer).Distinct());
    }

    private static (ReferenceCase Reference, Network Network) Read(string path, int index, string description)
    {
        ReferenceCase reference = ReferenceFile.Read(path).Cases[index];
        Assert.EndsWith(reference.Optimizer, description);
        return (reference, reference.CreateNetwork());
    }

    /// <summary>Asserts the outputs and gradients of the first step, and returns the workspace with the batch.</summary>
    private static Workspace AssertFirstStep(ReferenceCase reference, Network network)
    {
        float[] targets = reference.Targets;
        var workspace = new Workspace(network, reference.Rows, threads: 1, targets.Length / reference.Rows);
        workspace.Batch.Set(reference.Features, targets);
        network.Forward(workspace);
        RelativeDifference.AssertWithin(Tolerance, [.. reference.OutputsBefore.SelectMany(row => row)], workspace.GetOutputs(network.Layers.Count - 1), "outputs");
        double loss = reference.EngineLoss().Evaluate(workspace);
        RelativeDifference.AssertWithin(Tolerance, reference.Losses[0], loss, "loss of the first step");
        network.Backward(workspace);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            ReferenceGradient gradient = reference.GradientsStep1[i];
            RelativeDifference.AssertWithin(Tolerance, [.. gradient.Weights.SelectMany(row => row)], workspace.GetWeightGradient(i), $"gradient of the weights, layer {i}");
            RelativeDifference.AssertWithin(Tolerance, gradient.Biases, workspace.GetBiasGradient(i), $"gradient of the biases, layer {i}");
        }

        return workspace;
    }
}
