namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>
/// The code that documents show, as it stands between the marks in the files of this folder, where it is compiled and run, and the whole of examples/QuickStart. A block of a document is one
/// part of a file, or all parts of a file together; indentation, empty lines and the <c>using</c> lines at the top do not count.
/// </summary>
internal static class ShownCode
{
    private const string Begin = "// shown begin", End = "// shown end";

    /// <summary>The parts.</summary>
    public static IReadOnlyList<string> Parts { get; } = [.. Files().SelectMany(parts => parts)];

    /// <summary>All that a document may show.</summary>
    public static IReadOnlySet<string> All { get; } = Files().SelectMany(parts => parts.Append(string.Join('\n', parts))).ToHashSet();

    /// <summary>The text as it is compared.</summary>
    public static string Normalize(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !IsUsing(line)))
        .Replace("internal sealed ", "public ", StringComparison.Ordinal);

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);

    private static IEnumerable<string[]> Files() => Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Microsoft.ML.SimpleNn.Tests", "Readme"), "*.cs", SearchOption.AllDirectories)
        .Select(file => File.ReadAllText(file).Split(Begin + "\n")[1..])
        .Select(parts => Array.ConvertAll(parts, part => Normalize(part.Split(End)[0])))
        .Append([Normalize(File.ReadAllText(Path.Combine(Repository.Root, "examples", "QuickStart", "Program.cs")))]);
}
