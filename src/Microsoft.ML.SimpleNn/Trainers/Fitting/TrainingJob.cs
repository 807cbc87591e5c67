using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What the networks of one training have in common.</summary>
/// <param name="Host">Where errors come from.</param>
/// <param name="Channel">The log.</param>
/// <param name="Options">The options.</param>
/// <param name="Recipe">What the task adds to them.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Seed">Decides every random choice of the first network; the others have the seeds after it.</param>
internal sealed record TrainingJob(IHost Host, IChannel Channel, SimpleNnOptionsBase Options, TaskRecipe Recipe, TrainingRows Rows, int Seed)
{
    /// <summary>The networks of the model that is trained further; null for none.</summary>
    public IReadOnlyList<TrainedNetwork>? Earlier { get; init; }

    /// <summary>What the training goes on from when it is interrupted; null for nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>By what the listener ends the whole training.</summary>
    public StopSignal StopSignal { get; init; } = new();
}
