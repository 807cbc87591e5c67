namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>An optimizer's steps on one weight and one bias, both 1 at first, with gradients that the test gives.</summary>
internal sealed class OneWeight : IDisposable
{
    private readonly Network _network = new(new DenseLayer(1, 1));
    private readonly Workspace _workspace;
    private readonly Optimizer _optimizer;

    public OneWeight(Optimizer optimizer)
    {
        _optimizer = optimizer;
        _workspace = new Workspace(_network, 1);
        _network.Layers[0].SetWeights([1]);
        _network.Layers[0].SetBiases([1]);
        State = optimizer.CreateState(_network);
    }

    public OptimizerState State { get; }

    /// <summary>The weight; the bias must be the same, because it had the same gradients.</summary>
    public float Value
    {
        get
        {
            float weight = _network.Layers[0].GetWeights()[0];
            Assert.AreEqual(weight, _network.Layers[0].GetBiases()[0], "the bias");
            return weight;
        }
    }

    /// <summary>Takes a step.</summary>
    public void Step(float gradient, float learningRateFactor = 1)
    {
        DenseLayer layer = _network.Layers[0];
        Span<float> gradients = _workspace.GradientOf(0).Span;
        gradients[layer.Layout.IndexOf(0, 0)] = gradient;
        gradients[layer.Layout.IndexOf(1, 0)] = gradient;
        _optimizer.Step(_network, _workspace, State, learningRateFactor);
    }

    public void Dispose() => _workspace.Dispose();
}
