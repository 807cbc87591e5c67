namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>All data sets of a folder.</summary>
internal static class AllSets
{
    /// <summary>The data sets; the small ones first.</summary>
    public static IReadOnlyList<AccuracySet> Create(string folder)
    {
        string tables = Path.Combine(folder, "tables"), specs = Path.Combine(tables, "specs.json");
        TableSpec[] described = File.Exists(specs) ? TableSpecs.Parse(File.ReadAllText(specs)) : [];
        return
        [
            .. SingleTables.All.Select(spec => new TableSet(spec, folder)),
            new CaliforniaInterval(folder),
            new A9a(folder),
            .. described.Select(spec => new TableSet(spec, tables)),
            new Mnist(folder),
            new MnistEnsemble(folder),
        ];
    }
}
