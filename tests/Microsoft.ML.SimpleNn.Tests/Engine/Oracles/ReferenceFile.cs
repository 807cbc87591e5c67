using System.Text.Json;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A file of <see cref="ReferenceCase"/>s.</summary>
internal sealed class ReferenceFile
{
    /// <summary>The environment variable with further files, joined by the path separator.</summary>
    public const string Variable = "SIMPLENN_REFERENCE";

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What computed the numbers.</summary>
    public required string Source { get; init; }

    /// <summary>The cases.</summary>
    public required ReferenceCase[] Cases { get; init; }

    /// <summary>The file that belongs to the tests, and those that the environment names.</summary>
    public static IEnumerable<string> Paths =>
    [
        Path.Combine(AppContext.BaseDirectory, "Engine", "Oracles", "chainer.json"),
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Reads a file.</summary>
    public static ReferenceFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<ReferenceFile>(stream, Format) ?? throw new JsonException($"{path} has no cases.");
    }
}
