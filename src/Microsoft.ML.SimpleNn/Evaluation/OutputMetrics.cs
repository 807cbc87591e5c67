namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How well one of several numbers is predicted, over the rows where its label is known; each row counts by its weight.</summary>
public sealed record OutputMetrics
{
    /// <summary>The slot name of the label column; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The number of rows of weight above 0 where the label is known.</summary>
    public required int Count { get; init; }

    /// <summary>The mean of |score - label|.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The mean of (score - label)².</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>The root of <see cref="MeanSquaredError"/>, in the unit of the label.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>
    /// 1 - (sum of squared errors) / (sum of squared distances of the labels from their mean): 1 is perfect, 0 no better than the mean; negative infinity, or
    /// NaN where the scores are right too, where all labels are alike.
    /// </summary>
    public required double RSquared { get; init; }
}
