using System.Collections.Concurrent;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Explains scores that are the mean of several networks' predictions, or the outputs of one, from many threads at once.</summary>
/// <param name="networks">The networks.</param>
/// <param name="prediction">What turns outputs into what is explained.</param>
internal sealed class ScoreExplainer(IReadOnlyList<Network> networks, Loss prediction)
{
    private readonly ConcurrentBag<IntegratedGradients[]> _pool = [];

    /// <summary>The contributions to one score.</summary>
    /// <param name="row">The features [features], all of them usable.</param>
    /// <param name="output">The score, from 0.</param>
    /// <returns>That of each feature [features].</returns>
    public double[] Explain(ReadOnlySpan<float> row, int output)
    {
        double[] sum = new double[networks[0].Inputs], part = new double[sum.Length];
        IntegratedGradients[] gradients = Take();
        foreach (IntegratedGradients gradient in gradients)
        {
            gradient.Follow(row);
            gradient.Explain(output, part);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += part[i] / gradients.Length;
        }
        _pool.Add(gradients);
        return sum;
    }

    /// <summary>The predictions where nothing is known, of each network.</summary>
    /// <returns>The outputs [networks x outputs], as <see cref="Loss.ToPrediction"/> takes them.</returns>
    public float[] OutputsAtStart()
    {
        int outputs = networks[0].Outputs;
        float[] all = new float[networks.Count * outputs];
        IntegratedGradients[] gradients = Take();
        float[] row = new float[networks[0].Inputs];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i].Follow(row); // any row: all paths begin at the same place
            gradients[i].CopyOutputsAtStart(all.AsSpan(i * outputs, outputs));
        }
        _pool.Add(gradients);
        return all;
    }

    private IntegratedGradients[] Take() =>
        _pool.TryTake(out IntegratedGradients[]? pooled) ? pooled : [.. networks.Select(network => new IntegratedGradients(network, prediction))];
}
