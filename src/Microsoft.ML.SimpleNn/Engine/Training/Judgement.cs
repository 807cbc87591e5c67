namespace Microsoft.ML.SimpleNn;

/// <summary>How a network does on rows that it is not trained on.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="StandardError">The standard error of that mean, taking the rows for a sample.</param>
/// <param name="Accuracy">The fraction of right predictions, 0 to 1; null where the loss knows no right and wrong.</param>
/// <param name="Factor">What the outputs were multiplied by: the inverse of the best temperature where one was looked for, else 1.</param>
internal readonly record struct Judgement(double Loss, double StandardError, double? Accuracy, double Factor);
