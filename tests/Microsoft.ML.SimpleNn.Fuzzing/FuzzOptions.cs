using System.Globalization;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>What the fuzzer does.</summary>
public sealed record FuzzOptions
{
    /// <summary>How many inputs. Default: 10,000.</summary>
    public long Count { get; init; } = 10_000;

    /// <summary>The first of them: with a count of 1, the one that a report names.</summary>
    public long First { get; init; }

    /// <summary>Decides all inputs: the same seed and number give the same input. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The threads. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>When to end, whatever the count. Default: never.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.MaxValue;

    /// <summary>Of how many inputs one is a whole zip, loaded through ML.NET. Default: 50.</summary>
    public int ZipEvery { get; init; } = 50;

    /// <summary>A folder that each input is written to before it is tried: with a count of 1, the one that a report names. Default: none.</summary>
    public string? Keep { get; init; }

    /// <summary>Reads options such as <c>--count 1000 --seed 3 --threads 2 --seconds 60 --zip-every 50 --first 17</c>.</summary>
    /// <exception cref="FormatException">There is no such option, or its value is no number.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var options = new FuzzOptions();
        for (int i = 0; i + 1 < args.Count; i += 2)
        {
            if (args[i] == "--keep")
            {
                options = options with { Keep = args[i + 1] };
                continue;
            }
            long value = long.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--count" => options with { Count = value },
                "--first" => options with { First = value },
                "--seed" => options with { Seed = (int)value },
                "--threads" => options with { Threads = (int)value },
                "--seconds" => options with { TimeLimit = TimeSpan.FromSeconds(value) },
                "--zip-every" => options with { ZipEvery = (int)value },
                _ => throw new FormatException($"There is no option '{args[i]}'."),
            };
        }
        return options;
    }
}
