namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What the outputs of a regression network become as scores. The numbers are part of the file format.</summary>
internal enum ScoreMeaning : byte
{
    /// <summary>The number itself.</summary>
    Number = 0,

    /// <summary>The logarithm of a rate: the score is e^output.</summary>
    Rate = 1,

    /// <summary>The logit of a label: the score is its probability, 1 / (1 + e^-output).</summary>
    Probability = 2,
}
