using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>A way to learn data sets.</summary>
/// <param name="name">Its name in tables, in the file of figures, and on the command line.</param>
internal abstract class AccuracyTrainer(string name)
{
    public string Name => name;

    /// <summary>Whether it can learn a data set; where not, its place in the table stays empty.</summary>
    public virtual bool Takes(AccuracySet set) => set.IsForOthers;

    /// <summary>Learns, and is judged by the rows to test on.</summary>
    public abstract Outcome Run(MLContext ml, AccuracySet set, IReadOnlyList<Split> splits, int seed);
}
