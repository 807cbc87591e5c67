namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A function given by its formula; the gradient is computed by central differences where none is given.</summary>
internal sealed class FunctionObjective(Func<double[], double> value, Func<double[], double[]>? gradient = null) : IObjective
{
    public int Evaluations { get; private set; }

    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradientOut)
    {
        Evaluations++;
        double[] at = x.ToArray();
        (gradient?.Invoke(at) ?? Differences(at)).CopyTo(gradientOut);
        return value(at);
    }

    private double[] Differences(double[] x)
    {
        var slopes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double here = x[i];
            x[i] = here + 1e-6;
            double above = value(x);
            x[i] = here - 1e-6;
            slopes[i] = (above - value(x)) / 2e-6;
            x[i] = here;
        }

        return slopes;
    }
}
