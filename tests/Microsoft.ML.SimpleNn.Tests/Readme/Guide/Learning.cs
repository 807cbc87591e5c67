namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 2: gradient, update, repetition, of the last layer of chapter 1.</summary>
internal static class Learning
{
    public static void Run()
    {
        // shown begin
        float[] z = [0, 0.5f];
        var layer = new DenseLayer(inputs: 2, outputs: 3);
        layer.SetWeights([1, 2,
                          0, -2,
                          1, 0]);
        var network = new Network(layer);

        using var workspace = new Workspace(network, maximumRows: 1);
        workspace.Batch.Set(z, [2]);
        network.Forward(workspace);
        double loss = Loss.SoftmaxCrossEntropy.Evaluate(workspace);
        network.Backward(workspace);

        float[] delta = workspace.GetDelta(layer: 0), gradient = workspace.GetWeightGradient(layer: 0);
        Console.WriteLine($"loss           {loss:F3}");
        Console.WriteLine($"delta = p - t  {delta[0]:F3} {delta[1]:F3} {delta[2]:F3}");
        for (int i = 0; i < 3; i++) Console.WriteLine($"gradient of W  {gradient[2 * i]:F3} {gradient[2 * i + 1]:F3}");
        // shown end

        // shown begin
        var optimizer = new SgdOptimizer { LearningRate = 0.5f, Momentum = 0 };
        OptimizerState state = optimizer.CreateState(network);
        optimizer.Step(network, workspace, state);

        float[] weights = layer.GetWeights();
        for (int i = 0; i < 3; i++) Console.WriteLine($"W after a step  {weights[2 * i]:F3} {weights[2 * i + 1]:F3}");
        // shown end

        // shown begin
        for (int step = 2; step <= 50; step++)
        {
            network.Forward(workspace);
            loss = Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            network.Backward(workspace);
            optimizer.Step(network, workspace, state);
            if (step is 2 or 5 or 10 or 50) Console.WriteLine($"step {step,2}: loss {loss:F3}");
        }
        // shown end
    }
}
