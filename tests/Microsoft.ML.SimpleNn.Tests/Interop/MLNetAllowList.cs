using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.SimpleNn.Tests.Interop;

/// <summary>Interop/MLNetInternals.txt: the ML.NET types whose access checks the build lifts.</summary>
internal sealed class MLNetAllowList
{
    private readonly string _libraryFolder = Path.Combine(Repository.Root, "src", "Microsoft.ML.SimpleNn");

    /// <summary>Reads the list; a line is <c>Assembly|Type</c>, and <c>#</c> starts a comment.</summary>
    public MLNetAllowList()
    {
        Entries = [.. File.ReadLines(Path.Combine(_libraryFolder, "Interop", "MLNetInternals.txt"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)];
    }

    /// <summary>The entries, as written.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>The simple names of the assemblies that the entries name.</summary>
    public IEnumerable<string> Assemblies => Entries.Select(entry => entry.Split('|')[0]).Distinct();

    /// <summary>How the list writes <paramref name="type"/>.</summary>
    public static string EntryFor(Type type) => $"{type.Assembly.GetName().Name}|{type.FullName}";

    /// <summary>
    /// The entries that only lend constants to our sources. The compiler copies a constant's value, so such a use leaves
    /// no trace in the assembly, and the sources are asked instead.
    /// </summary>
    public IEnumerable<string> EntriesLendingConstants()
    {
        string sources = string.Concat(Directory
            .EnumerateFiles(_libraryFolder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(_libraryFolder, file).StartsWith("obj", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        return Entries.Where(entry => TypeOf(entry) is { IsVisible: false, IsEnum: false } type
            && HasConstants(type) && Regex.IsMatch(sources, $@"\b{type.Name}\."));
    }

    private static Type? TypeOf(string entry)
    {
        string[] parts = entry.Split('|');
        return Assembly.Load(parts[0]).GetType(parts[1]);
    }

    private static bool HasConstants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(field => field.IsLiteral)
        || type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Any(HasConstants);
}
