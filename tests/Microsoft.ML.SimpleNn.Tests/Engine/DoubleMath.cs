namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Functions in double precision that <see cref="Math"/> does not have.</summary>
internal static class DoubleMath
{
    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + x) for x of 0 or more, which Math.Log(1 + x) gives as 0 for tiny x.</summary>
    public static double Log1Plus(double x) => x < 1e-4 ? x * (1 - x * (1 / 2.0 - x * (1 / 3.0 - x / 4))) : Math.Log(1 + x);

    /// <summary>The standard normal distribution function.</summary>
    public static double NormalDistribution(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > 5) return x < 0 ? Tail(-x) : 1 - Tail(x);

        // 1/2 + phi(x) (x + x^3 / 3 + x^5 / (3 5) + ...): all terms of one sign, so nothing cancels.
        double term = x, sum = x;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2) sum += term *= x * x / k;
        return 0.5 + Density(x) * sum;
    }

    /// <summary>The density of the standard normal distribution.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>1 less the distribution function of a large x: Laplace's continued fraction phi(x) / (x + 1 / (x + 2 / (x + ...))).</summary>
    private static double Tail(double x)
    {
        double fraction = x;
        for (int k = 60; k > 0; k--) fraction = x + k / fraction;
        return Density(x) / fraction;
    }
}
