namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The weights of a layer, or its outputs for rows, in figures and as a histogram.</summary>
/// <param name="Histogram">The numbers; of outputs those of all rows and units.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Least">The least.</param>
/// <param name="Largest">The largest.</param>
internal sealed record LayerNumbers(Histogram Histogram, double Mean, double Deviation, double Least, double Largest)
{
    /// <summary>The weights of a layer, read a unit at a time, since a layer of text has too many to copy.</summary>
    public static LayerNumbers OfWeights(DenseLayer layer)
    {
        float[] unit = new float[layer.Inputs];
        return Of(add =>
        {
            for (int output = 0; output < layer.Outputs; output++)
            {
                layer.CopyWeights(output, 0, unit);
                add(unit);
            }
        });
    }

    /// <summary>Outputs [rows x units].</summary>
    public static LayerNumbers OfOutputs(float[] outputs) => Of(add => add(outputs));

    private static LayerNumbers Of(Action<Action<float[]>> forEach)
    {
        (double sum, double squares, double least, double largest, long count) = (0, 0, double.PositiveInfinity, double.NegativeInfinity, 0);
        forEach(numbers =>
        {
            foreach (float number in numbers)
                if (float.IsFinite(number))
                    (sum, squares, least, largest, count) = (sum + number, squares + ((double)number * number), Math.Min(least, number),
                        Math.Max(largest, number), count + 1);
        });
        var histogram = count == 0 ? new Histogram(0, 1) : Histogram.Between(least, largest);
        forEach(numbers =>
        {
            foreach (float number in numbers)
                if (float.IsFinite(number))
                    histogram.Add(number);
        });
        double mean = sum / count;
        return new LayerNumbers(histogram, mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))), least, largest);
    }
}
