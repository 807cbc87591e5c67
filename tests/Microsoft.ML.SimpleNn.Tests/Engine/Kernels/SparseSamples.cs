using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Minibatches of which most features are zero.</summary>
internal static unsafe class SparseSamples
{
    /// <summary>Numbers as <see cref="Samples.Create"/> gives them, most of them made zero.</summary>
    /// <param name="rows">The rows; the second, where there is one, has no value at all.</param>
    /// <param name="features">The features.</param>
    /// <param name="density">The fraction of features that are not made zero.</param>
    /// <param name="seed">Decides the numbers.</param>
    /// <returns>[rows x features].</returns>
    public static float[] Create(int rows, int features, double density, int seed)
    {
        float[] x = Samples.Create(rows * features, seed);
        var random = new Random(seed);
        for (int i = 0; i < x.Length; i++)
        {
            if (random.NextDouble() >= density || i / features == 1) x[i] = 0;
        }

        return x;
    }

    /// <summary>The same in compressed form.</summary>
    public static SparseRows ToRows(float[] x, int features)
    {
        var rows = new SparseRows(x.Length / features, x.Length);
        rows.Resize(x.Length / features);
        int next = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (i % features == 0) rows.Starts[i / features] = next;
            if (x[i] == 0) continue;
            rows.Features[next] = i % features;
            rows.Values[next++] = x[i];
        }

        rows.Starts[rows.Count] = next;
        return rows;
    }

    /// <summary>The same as examples.</summary>
    public static SparseExamples ToExamples(float[] x, int features, float[] targets, float[]? weights = null)
    {
        List<int> indices = [];
        List<float> values = [];
        List<long> starts = [0];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
            {
                indices.Add(i % features);
                values.Add(x[i]);
            }

            if (i % features == features - 1) starts.Add(values.Count);
        }

        return new SparseExamples([.. starts], [.. indices], [.. values], features, targets, weights);
    }

    /// <summary>The rows of a minibatch with their zeros, [rows x features], whichever form they have.</summary>
    public static float[] ToDense(Minibatch batch)
    {
        if (batch.Sparse is not { } rows) return batch.Features.Span[..(batch.Rows * batch.FeaturesPerRow)].ToArray();
        var dense = new float[rows.Count * batch.FeaturesPerRow];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int k = rows.Starts[row]; k < rows.Starts[row + 1]; k++) dense[row * batch.FeaturesPerRow + rows.Features[k]] = rows.Values[k];
        }

        return dense;
    }
}
