namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Stands in for the console in the code of this folder: tests run side by side, and each wants what its own code has written.</summary>
internal static class Console
{
    private static readonly AsyncLocal<List<string>?> Lines = new();

    /// <summary>Runs code, and gives the lines that it writes.</summary>
    public static async Task<IReadOnlyList<string>> LinesOf(Func<Task> code)
    {
        List<string> lines = [];
        Lines.Value = lines;
        await code();
        return lines;
    }

    public static void WriteLine(string line) => Lines.Value!.Add(line.TrimEnd());
}
