using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The masks of dropout as numbers: 0 for what is dropped, 1 / (1 - rate) for what is left.</summary>
internal static class DropoutFactors
{
    /// <summary>The factors of each layer's inputs in a step, [layer][rows x inputs].</summary>
    public static double[][] Of(Network network, int rows, DropoutMasks dropout, long step) =>
        [.. network.Layers.Select((layer, index) => Of(layer.Inputs, index, rows, dropout, step))];

    private static double[] Of(int inputs, int layer, int rows, DropoutMasks dropout, long step)
    {
        float rate = dropout.RateAt(layer);
        return
        [
            .. from row in Enumerable.Range(0, rows)
               let rowKey = DropoutKernel.RowKey(dropout.KeyAt(layer, step), row)
               from input in Enumerable.Range(0, inputs)
               select DropoutKernel.Hash(rowKey, input) >= rate * Math.Pow(2, 32) ? 1 / (1 - (double)rate) : 0,
        ];
    }
}
