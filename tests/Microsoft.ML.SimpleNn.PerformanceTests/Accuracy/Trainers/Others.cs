using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>The other trainers, in the order of the table's columns.</summary>
internal static class Others
{
    /// <summary>Those of ML.NET, with the best of which ours is compared.</summary>
    public static readonly IReadOnlyList<string> OfMLNet = ["lightgbm", "fasttree", "linear"];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Names = [.. OfMLNet, .. ScikitLearnTables.Names];

    /// <summary>The trainer of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="python">The Python to look for scikit-learn in.</param>
    /// <param name="whyNot">Why it is not there; null when it is.</param>
    public static AccuracyTrainer? TryCreate(string name, string python, out string? whyNot)
    {
        whyNot = null;
        switch (name)
        {
            case "linear": return new LinearTrainers();
#if MLNET_PEERS
            case "lightgbm": return new LightGbmTrees();
            case "fasttree": return new FastTrees();
#else
            case "lightgbm" or "fasttree":
                whyNot = $"This build has no {name}: add -p:MLNetPeers=true to the dotnet command, or -p:Peers=true.";
                return null;
#endif
            default: return ScikitLearnTables.TryCreate(name, python, out whyNot);
        }
    }
}
