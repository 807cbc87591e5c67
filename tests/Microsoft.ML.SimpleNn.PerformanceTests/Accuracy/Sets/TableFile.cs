namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>A file of a table.</summary>
/// <param name="Path">Where it is, from the folder of the tables.</param>
/// <param name="Role">"train", "test", or "all", which is split.</param>
internal sealed record TableFile(string Path, string Role = TableFile.All)
{
    public const string Train = "train";
    public const string Test = "test";
    public const string All = "all";
}
