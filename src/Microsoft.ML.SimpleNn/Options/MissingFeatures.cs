namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What is done about a feature that is missing, NaN.</summary>
public enum MissingFeatures
{
    /// <summary>
    /// It counts as the centre of its column, and a further input of the network, whose weights are learned, says that it is missing. A column of which no
    /// value was missing
    /// in training has no such input: what is missing in scoring is then the centre.
    /// </summary>
    Learn,

    /// <summary>It is an error in training, which names row and slot, and makes the score NaN.</summary>
    Refuse,
}
