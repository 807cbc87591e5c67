namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How well several numbers are predicted at once: each by itself, and the means over them, each number counting alike.</summary>
public sealed class MultiOutputRegressionMetrics
{
    internal MultiOutputRegressionMetrics(IReadOnlyList<OutputMetrics> outputs)
    {
        Outputs = outputs;
    }

    /// <summary>The metrics of each number, in the order of the label's slots.</summary>
    public IReadOnlyList<OutputMetrics> Outputs { get; }

    /// <summary>The mean over the numbers of their mean absolute errors.</summary>
    public double MeanAbsoluteError => Outputs.Average(output => output.MeanAbsoluteError);

    /// <summary>The mean over the numbers of their mean squared errors.</summary>
    public double MeanSquaredError => Outputs.Average(output => output.MeanSquaredError);

    /// <summary>The mean over the numbers of their root mean squared errors.</summary>
    public double RootMeanSquaredError => Outputs.Average(output => output.RootMeanSquaredError);

    /// <summary>The mean over the numbers of their R².</summary>
    public double RSquared => Outputs.Average(output => output.RSquared);
}
