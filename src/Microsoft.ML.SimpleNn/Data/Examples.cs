using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The rows of a data view, read once and kept in memory.</summary>
/// <param name="Set">The rows as the engine takes them.</param>
/// <param name="Targets">The targets [rows x targetsPerRow] inside the set.</param>
internal sealed record Examples(ExampleSet Set, float[] Targets);
