namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 1: a row goes through a network of two layers. The numbers are small enough to be checked on paper.</summary>
internal static class FourSteps
{
    public static void Run()
    {
        // shown begin
        float[] x = [1, 2, 3];
        var linear = new DenseLayer(inputs: 3, outputs: 2);
        linear.SetWeights([0.5f, -1, 0.25f,
                           1, 0, -0.5f]);
        linear.SetBiases([0.25f, 1]);

        var u = new float[2];
        new Network(linear).Predict(x, rows: 1, u);
        Console.WriteLine($"u = [{string.Join(", ", u)}]");
        // shown end

        // shown begin
        float[] z = Activation.ReLU.Apply(u);
        Console.WriteLine($"z = [{string.Join(", ", z)}]");
        // shown end

        // shown begin
        var hidden = new DenseLayer(inputs: 3, outputs: 2, Activation.ReLU);
        hidden.SetWeights(linear.GetWeights());
        hidden.SetBiases(linear.GetBiases());
        var output = new DenseLayer(inputs: 2, outputs: 3);
        output.SetWeights([1, 2,
                           0, -2,
                           1, 0]);
        var network = new Network(hidden, output);

        var y = new float[3];
        network.Predict(x, rows: 1, y);
        double sum = y.Sum(logit => Math.Exp(logit));
        double[] p = [.. y.Select(logit => Math.Exp(logit) / sum)];
        Console.WriteLine($"y = [{string.Join(", ", y)}]");
        Console.WriteLine($"p = [{p[0]:F3}, {p[1]:F3}, {p[2]:F3}]");
        // shown end

        // shown begin
        int target = 2;
        Console.WriteLine($"loss = {-Math.Log(p[target]):F3}");

        using var workspace = new Workspace(network, maximumRows: 1);
        workspace.Batch.Set(x, [target]);
        network.Forward(workspace);
        Console.WriteLine($"loss = {Loss.SoftmaxCrossEntropy.Evaluate(workspace):F3}");
        // shown end
    }
}
