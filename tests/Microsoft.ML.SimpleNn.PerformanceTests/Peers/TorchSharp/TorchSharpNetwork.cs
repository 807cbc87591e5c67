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
            Copy(layer.GetWeights(), linear.weight!);
            Copy(layer.GetBiases(), linear.bias!);
            modules.Add(linear);
            if (layer.Activation == Activation.ReLU) modules.Add(nn.ReLU());
        }

        return nn.Sequential(modules);
    }

    /// <summary>Copies numbers into a parameter. The scope holds their tensor until that is done: one that nobody holds is finalised, and its memory freed, while libtorch reads it.</summary>
    private static void Copy(float[] values, Parameter parameter)
    {
        using IDisposable mode = no_grad();
        using DisposeScope scope = NewDisposeScope();
        parameter.copy_(tensor(values, parameter.shape));
    }
}
