using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A data set and what a model is to learn from it, measured by ML.NET's evaluators.</summary>
/// <param name="name">The data set.</param>
/// <param name="setup">Which rows are learnt from and which are tested on.</param>
/// <param name="measures">What <see cref="Run"/> returns, in order.</param>
internal abstract class AccuracyTask(string name, string setup, params Measure[] measures)
{
    public string Name => name;

    public string Setup => setup;

    public IReadOnlyList<Measure> Measures => measures;

    /// <summary>Trains and tests once.</summary>
    /// <param name="seed">Decides every random choice: the split, where there is one, and the network.</param>
    /// <param name="configure">Changes the trainer's options from the defaults.</param>
    public abstract double[] Run(int seed, Action<SimpleNnOptionsBase> configure);
}
