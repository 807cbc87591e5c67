namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The checkout that the tests run in, and the real data that may lie beside it.</summary>
internal static class Repository
{
    /// <summary>The folder of SimpleNn.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a real data set in ../shared/data; where that is absent the test is skipped.</summary>
    public static string SharedData(params string[] path)
    {
        string full = Path.Combine([Root, "..", "shared", "data", .. path]);
        if (!Path.Exists(full)) Assert.Inconclusive($"Skipped: needs the real data in {Path.Combine("..", "shared", "data", Path.Combine(path))}, beside the repository.");
        return full;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SimpleNn.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has SimpleNn.sln.");
    }
}
