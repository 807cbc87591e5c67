namespace DigitDrawing.Model;

/// <summary>What the pipeline says of an image.</summary>
internal sealed class DigitScores
{
    /// <summary>The probability of each digit [10].</summary>
    public float[] Score { get; set; } = [];
}
