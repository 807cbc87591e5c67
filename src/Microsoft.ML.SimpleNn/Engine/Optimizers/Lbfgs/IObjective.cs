namespace Microsoft.ML.SimpleNn;

/// <summary>A smooth function of many variables, to be made small.</summary>
internal interface IObjective
{
    /// <summary>Computes the value, and writes the gradient.</summary>
    /// <param name="x">The variables.</param>
    /// <param name="gradient">The slope by each of them, written.</param>
    double Evaluate(ReadOnlySpan<double> x, Span<double> gradient);
}
