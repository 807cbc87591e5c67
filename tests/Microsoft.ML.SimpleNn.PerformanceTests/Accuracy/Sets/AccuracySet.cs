using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>A data set and what a model is to learn from it.</summary>
/// <param name="name">The data set.</param>
/// <param name="group">The group: <see cref="Choose"/>, <see cref="Confirm"/> or <see cref="Alone"/>.</param>
/// <param name="problem">What is to be predicted.</param>
/// <param name="measures">What it is judged by; the first decides.</param>
internal abstract class AccuracySet(string name, string group, Problem problem, params IReadOnlyList<Measure> measures)
{
    /// <summary>Defaults may be chosen by these sets.</summary>
    public const string Choose = "choose";

    /// <summary>These sets only confirm what was chosen by the others.</summary>
    public const string Confirm = "confirm";

    /// <summary>For our trainer alone, and only where it is asked for by its name.</summary>
    public const string Alone = "alone";

    public string Name => name;

    public string Group => group;

    public Problem Problem => problem;

    public IReadOnlyList<Measure> Measures => measures;

    /// <summary>Whether the other trainers have something to compare with.</summary>
    public virtual bool IsForOthers => Group != Alone;

    /// <summary>The rows to learn from and to test on: once, or several times where folds are averaged.</summary>
    /// <param name="ml">Makes the features.</param>
    /// <param name="seed">Decides the split, where there is one.</param>
    public abstract IReadOnlyList<Split> Split(MLContext ml, int seed);

    /// <summary>Sets the options of our trainer without which the set makes no sense.</summary>
    /// <param name="options">The options, still the defaults.</param>
    /// <param name="seed">The seed of the run.</param>
    public virtual void Configure(SimpleNnOptionsBase options, int seed)
    {
    }

    /// <summary>Judges a model of our trainer by the rows that it scored.</summary>
    public virtual IReadOnlyDictionary<Measure, double> Judge(MLContext ml, ITransformer model, IDataView scored) => Judges.Judge(ml, Problem, scored);
}
