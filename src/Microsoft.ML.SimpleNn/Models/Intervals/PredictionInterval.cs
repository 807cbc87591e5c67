namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>An interval around each prediction of a number, from score - half width to score + half width.</summary>
/// <param name="Coverage">The probability that the number of a new row lies in its interval, above 0 and below 1.</param>
/// <param name="HalfWidth">Half of the interval's width, 0 or more, in the unit of the label.</param>
public readonly record struct PredictionInterval(float Coverage, float HalfWidth);
