namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Which classes a row may have: those whose probability is not below a threshold.</summary>
/// <param name="Coverage">The probability that the set of a new row has its class, above 0 and below 1.</param>
/// <param name="Threshold">The least probability of a class in a set, from 0 to 1.</param>
public readonly record struct PredictionSetThreshold(float Coverage, float Threshold)
{
    /// <summary>Chooses the classes of a row; none of one that has no probabilities.</summary>
    /// <param name="probabilities">[classes]</param>
    /// <param name="set">Takes of each class whether it is chosen [classes].</param>
    internal void Choose(ReadOnlySpan<float> probabilities, Span<bool> set)
    {
        for (int i = 0; i < set.Length; i++)
            set[i] = probabilities[i] >= Threshold;
    }
}
