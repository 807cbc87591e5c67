namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// How well one of several yes-or-no labels is predicted, over the rows where it is known. Rows are counted by their weights, which are 1 where none are given.
/// </summary>
public sealed record LabelMetrics
{
    /// <summary>The slot name of the label column; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The rows where the label is yes and predicted as yes.</summary>
    public required double TruePositives { get; init; }

    /// <summary>The rows where the label is no and predicted as yes.</summary>
    public required double FalsePositives { get; init; }

    /// <summary>The rows where the label is no and predicted as no.</summary>
    public required double TrueNegatives { get; init; }

    /// <summary>The rows where the label is yes and predicted as no.</summary>
    public required double FalseNegatives { get; init; }

    /// <summary>
    /// The probability that a row of yes has a higher score than a row of no, equal scores counting half; NaN where one of the two is absent.
    /// </summary>
    public required double AreaUnderRocCurve { get; init; }

    /// <summary>The mean of -log2 of the probability given to what the label is, in bits, as ML.NET gives it.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The rows where the label is known.</summary>
    public double Count => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>The rows where the label is yes.</summary>
    public double PositiveCount => TruePositives + FalseNegatives;

    /// <summary>The fraction of rows predicted right.</summary>
    public double Accuracy => (TruePositives + TrueNegatives) / Count;

    /// <summary>The fraction of rows predicted as yes that are yes; 0 where none is predicted so.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>The fraction of rows that are yes that is predicted so; 0 where none is.</summary>
    public double Recall => Ratio(TruePositives, PositiveCount);

    /// <summary>The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); 0 where nothing is yes, neither label nor prediction.</summary>
    public double F1Score => Ratio(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    internal static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
