using System.Text.RegularExpressions;

namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>Which types a source names by a constant or a <c>nameof</c>, of which nothing is left in the compiled assembly.</summary>
internal static partial class SourceNames
{
    /// <summary>The types that a text names before a dot, comments aside.</summary>
    public static IReadOnlySet<string> Read(string source) => QualifiedNames().Matches(Comments().Replace(source, "")).Select(match => match.Groups[1].Value).ToHashSet();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.[A-Za-z_]")]
    private static partial Regex QualifiedNames();
}
