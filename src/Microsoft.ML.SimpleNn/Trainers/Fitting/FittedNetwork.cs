using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A network that was trained, and by which rows.</summary>
/// <param name="Trained">The network.</param>
/// <param name="Training">The rows that it was trained on.</param>
/// <param name="Validation">Those that it was judged by; null for none.</param>
internal sealed record FittedNetwork(TrainedNetwork Trained, ExampleSource Training, ExampleSource? Validation)
{
    /// <summary>How far it is from the label on rows that it was not trained on; null where nobody asks for intervals or sets.</summary>
    public HeldOutErrors? Errors { get; init; }
}
