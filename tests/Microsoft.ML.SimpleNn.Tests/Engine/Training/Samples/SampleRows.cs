namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Rows of a small classification problem, to train on without ML.NET.</summary>
internal sealed class SampleRows
{
    /// <summary>Makes rows; always the same for a seed.</summary>
    /// <param name="count">The rows.</param>
    /// <param name="featureCount">The features, each with a mean and a spread of its own.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="noise">0 for classes far apart; at 10 the features hardly tell the class.</param>
    /// <param name="seed">Decides the rows.</param>
    public SampleRows(int count, int featureCount = 5, int classes = 3, double noise = 1, int seed = 1)
    {
        var random = new Random(seed);
        FeatureCount = featureCount;
        Features = new float[count * featureCount];
        Classes = new float[count];
        for (int row = 0; row < count; row++)
        {
            int label = random.Next(classes);
            Classes[row] = label;
            for (int i = 0; i < featureCount; i++)
            {
                double signal = (label + i) % classes + noise * (random.NextDouble() - 0.5);
                Features[row * featureCount + i] = (float)(10 * i + (1 + i) * signal);
            }
        }
    }

    public int FeatureCount { get; }

    /// <summary>[rows x features].</summary>
    public float[] Features { get; }

    /// <summary>[rows].</summary>
    public float[] Classes { get; }

    public DenseExamples ToExamples(float[]? weights = null) => new(Features, FeatureCount, Classes, weights);

    /// <summary>The mean softmax cross-entropy of a network over the rows, in double precision.</summary>
    public double LossOf(Network network) =>
        DoubleLoss.Mean(Loss.SoftmaxCrossEntropy, new DoubleNetwork(network).Forward(Features), Classes, [.. Classes.Select(_ => 1f)]);

    /// <summary>The fraction of rows whose largest output is that of their class.</summary>
    public double AccuracyOf(Network network)
    {
        double[] outputs = new DoubleNetwork(network).Forward(Features);
        int right = 0;
        for (int row = 0; row < Classes.Length; row++)
        {
            double[] scores = outputs[(row * network.Outputs)..((row + 1) * network.Outputs)];
            if (Array.IndexOf(scores, scores.Max()) == (int)Classes[row]) right++;
        }

        return (double)right / Classes.Length;
    }
}
