namespace DigitImages;

/// <summary>What the pipeline says of one image.</summary>
internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";

    /// <summary>The probability of each class.</summary>
    public float[] Score { get; set; } = [];

    /// <summary>The probability of the predicted class.</summary>
    public float Probability => Score.Max();
}
