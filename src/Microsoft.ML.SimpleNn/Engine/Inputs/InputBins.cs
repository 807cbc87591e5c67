namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A number in pieces: inputs beside it that each rise along a line from one value to the next and are level elsewhere (piecewise linear encoding; Y.
/// Gorishniy et al. 2022, On Embeddings
/// for Numerical Features in Tabular Deep Learning). With them a network can turn a corner at a value, as trees do, for which from the number alone it would
/// need large weights.
/// </summary>
/// <remarks>
/// e_t = (x - b_t) / (b_(t+1) - b_t), held to 0 and 1; the input is (e_t - mean) / deviation. The values b are quantiles of the training rows. Where the
/// classes change from one value to the next
/// (<see cref="ClassSteps"/>), a piece goes from the one to the other: a step.
/// </remarks>
internal sealed class InputBins
{
    private InputBins(float[] lower, float[] slope, float[] mean, float[] scale)
    {
        (Lower, Slope, Mean, Scale) = (lower, slope, mean, scale);
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => Lower.Length;

    /// <summary>Where each piece begins, in the unit of the column.</summary>
    public float[] Lower { get; }

    /// <summary>1 over the length of each.</summary>
    public float[] Slope { get; }

    /// <summary>The mean of each piece's e.</summary>
    public float[] Mean { get; }

    /// <summary>1 over its deviation.</summary>
    public float[] Scale { get; }

    /// <summary>Restores pieces that were saved.</summary>
    public static InputBins Of(float[] lower, float[] slope, float[] mean, float[] scale) => new(lower, slope, mean, scale);

    /// <summary>Cuts at quantiles, and adds steps.</summary>
    /// <param name="values">The values, ascending, in the unit of the column.</param>
    /// <param name="weights">How much each counts, above 0.</param>
    /// <param name="most">The most pieces; 0 for none.</param>
    /// <param name="steps">Where there are steps: pieces from the value below to the one above.</param>
    /// <returns>The pieces; null where there would be none, or one between quantiles only, which says no more than the number itself.</returns>
    public static InputBins? Measure(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, int most, (float Below, float Above)[] steps)
    {
        List<float> edges = most == 0 ? [] : Quantiles(values, weights, most);
        (float From, float To)[] pieces = [.. edges.Count < 3 ? [] : edges.Zip(edges.Skip(1)), .. steps];
        int count = pieces.Length;
        if (count == 0) return null;
        float[] lower = [.. pieces.Select(piece => piece.From)], slope = new float[count], mean = new float[count], scale = new float[count];
        for (int t = 0; t < count; t++)
        {
            slope[t] = 1 / (pieces[t].To - pieces[t].From);
            if (!float.IsFinite(slope[t])) return null;
            double total = 0, sum = 0, squares = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double e = Math.Clamp((values[i] - lower[t]) * slope[t], 0, 1);
                total += weights[i];
                sum += weights[i] * e;
                squares += weights[i] * e * e;
            }

            double average = sum / total, deviation = Math.Sqrt(Math.Max(0, squares / total - average * average));
            if (!(deviation > 0)) return null;
            (mean[t], scale[t]) = ((float)average, (float)(1 / deviation));
        }

        return new InputBins(lower, slope, mean, scale);
    }

    /// <summary>Quantiles that are evenly spaced in weight, the smallest and the largest value among them, each once.</summary>
    private static List<float> Quantiles(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, int pieces)
    {
        double total = 0, sum = 0;
        foreach (float weight in weights) total += weight;
        var edges = new List<float> { values[0] };
        for (int i = 0, next = 1; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum < next * total / pieces) continue;
            while (sum >= next * total / pieces) next++;
            if (values[i] > edges[^1]) edges.Add(values[i]);
        }

        if (values[^1] > edges[^1]) edges.Add(values[^1]);
        return edges;
    }
}
