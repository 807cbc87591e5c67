namespace TextSparse;

/// <summary>What the model says of a message.</summary>
internal sealed class Prediction
{
    public bool PredictedLabel { get; set; }

    public float Probability { get; set; }
}
