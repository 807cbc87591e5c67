using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Standardisation of the features inside the network: training sees (x - mean) * factor, and at the end both go into the first layer's
/// weights, so that the finished network takes features as they are.
/// </summary>
/// <remarks>
/// The factor is 1 / deviation, with two bounds, found by trying MNIST, optdigits, WDBC and photos of 32x32 pixels:
/// - No deviation is taken for smaller than the feature's reach (its largest distance from the mean) over <see cref="LargestMagnitude"/>. Dividing by
///   the deviation alone would make an outlier of +-100 of a border pixel that is lit in three pictures, or of a rare category.
/// - A row's magnitudes add up to <see cref="LargestRowMagnitude"/> on average, or less. Adam moves each weight by the learning rate, and so a unit of the
///   first layer by the learning rate times that sum; with thousands of features that go together, such as the pixels of a photo, the
///   first steps would throw every unit far off.
/// A feature that is constant carries no information, and gets factor 0. Features that are mostly zero and stored sparsely keep their zeros: mean 0.
/// </remarks>
internal sealed class FeatureScaling
{
    private const double LargestMagnitude = 2.5;
    private const double LargestRowMagnitude = 300;

    private FeatureScaling(FeatureStatistics statistics)
    {
        int count = statistics.Mean.Length;
        Mean = new AlignedBuffer(count);
        Factor = new AlignedBuffer(count);
        double rowMagnitude = 0;
        for (int i = 0; i < count; i++)
        {
            if (!statistics.IsSparse) Mean.Span[i] = (float)statistics.Mean[i];
            double deviation = Math.Max(statistics.Deviation[i], statistics.Reach[i] / LargestMagnitude);
            float factor = (float)(1 / deviation);
            Factor.Span[i] = float.IsFinite(factor) ? factor : 0;
            rowMagnitude += statistics.Magnitude[i] * Factor.Span[i];
        }

        if (!(rowMagnitude > LargestRowMagnitude)) return;
        foreach (ref float factor in Factor.Span) factor *= (float)(LargestRowMagnitude / rowMagnitude);
    }

    /// <summary>What is subtracted from each feature.</summary>
    public AlignedBuffer Mean { get; }

    /// <summary>What each feature is multiplied by then.</summary>
    public AlignedBuffer Factor { get; }

    /// <summary>Measures the features of rows.</summary>
    /// <param name="examples">The rows.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    public static FeatureScaling Measure(ExampleSource examples, int threads = 1) => new(examples.Measure(threads));

    /// <summary>
    /// Changes a layer that takes standardised features into one that takes raw ones and gives the same outputs:
    /// W' = W factor, b' = b - W (factor mean).
    /// </summary>
    public void FoldInto(DenseLayer layer)
    {
        ForEachWeight(layer, (weight, factor, mean) =>
        {
            double folded = (double)weight * factor;
            return ((float)folded, -folded * mean);
        });
    }

    /// <summary>The reverse of <see cref="FoldInto"/>, to go on training a finished network.</summary>
    public void UnfoldFrom(DenseLayer layer)
    {
        // A feature that is constant now has factor 0: what its weight gives is constant too, and goes into the bias.
        ForEachWeight(layer, (weight, factor, mean) => (factor == 0 ? 0 : (float)(weight / (double)factor), (double)weight * mean));
    }

    /// <summary>
    /// Changes the last layer of an autoencoder, which gives standardised features, into one that gives them as they are in the data:
    /// y' = y / factor + mean. A feature that is constant is given back as that constant.
    /// </summary>
    public void FoldIntoOutputs(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
            layer.ScaleOutput(output, Factor.Span[output] == 0 ? 0 : 1.0 / Factor.Span[output], Mean.Span[output]);
    }

    /// <summary>The reverse of <see cref="FoldIntoOutputs"/>, to go on training a finished network.</summary>
    public void UnfoldFromOutputs(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
            layer.ScaleOutput(output, Factor.Span[output], -(double)Mean.Span[output] * Factor.Span[output]);
    }

    /// <summary>Changes the weights where they lie; each bias is summed in double precision, in the order of the features.</summary>
    private void ForEachWeight(DenseLayer layer, Func<float, float, float, (float Weight, double BiasChange)> change)
    {
        ReadOnlySpan<float> mean = Mean.Span, factor = Factor.Span;
        Span<float> parameters = layer.Parameters.Span;
        PanelLayout layout = layer.Layout;
        for (int first = 0; first < layer.Outputs; first += PanelLayout.FullWidth)
        {
            int width = layout.Width(first / PanelLayout.FullWidth), outputs = Math.Min(width, layer.Outputs - first);
            Span<float> panel = parameters.Slice(layout.IndexOf(0, first), (layer.Inputs + 1) * width);
            Span<float> biases = panel[(layer.Inputs * width)..];
            var sums = new double[outputs];
            for (int i = 0; i < outputs; i++) sums[i] = biases[i];
            for (int input = 0; input < layer.Inputs; input++)
            {
                Span<float> weights = panel.Slice(input * width, outputs);
                for (int i = 0; i < outputs; i++)
                {
                    (weights[i], double biasChange) = change(weights[i], factor[input], mean[input]);
                    sums[i] += biasChange;
                }
            }

            for (int i = 0; i < outputs; i++) biases[i] = (float)sums[i];
        }
    }
}
