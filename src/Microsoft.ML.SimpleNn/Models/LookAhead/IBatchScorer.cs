namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A model that scores rows faster together than one by one.</summary>
internal interface IBatchScorer
{
    /// <summary>The features of a row.</summary>
    int Inputs { get; }

    /// <summary>The numbers in the score of a row.</summary>
    int ScoreLength { get; }

    /// <summary>About how many multiply-adds the score of a row takes.</summary>
    long OperationsPerRow { get; }

    /// <summary>Computes the scores of rows, each to the bit what it is alone.</summary>
    /// <param name="features">The features [rows x inputs].</param>
    /// <param name="rows">The rows, 1 or more.</param>
    /// <param name="scores">Takes the scores [rows x length].</param>
    void Score(ReadOnlySpan<float> features, int rows, Span<float> scores);
}
