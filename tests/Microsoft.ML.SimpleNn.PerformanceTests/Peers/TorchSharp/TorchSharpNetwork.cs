using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A network of ours in libtorch.</summary>
internal static class TorchSharpNetwork
{
    /// <summary>Builds it from the same weights.</summary>
    public static Sequential Create(Network network)
    {
        var modules = new List<nn.Module<Tensor, Tensor>>();
        foreach (DenseLayer layer in network.Layers)
        {
            Linear linear = nn.Linear(layer.Inputs, layer.Outputs);
            using (no_grad())
            {
                linear.weight!.copy_(tensor(layer.GetWeights(), [layer.Outputs, layer.Inputs]));
                linear.bias!.copy_(tensor(layer.GetBiases()));
            }

            modules.Add(linear);
            if (layer.Activation == Activation.ReLU) modules.Add(nn.ReLU());
        }

        return nn.Sequential(modules);
    }
}
