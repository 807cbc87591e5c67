using System.Globalization;
using System.Text;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>What came of the inputs. Threads add to it.</summary>
public sealed class FuzzReport
{
    private const int MostFindings = 50;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];

    /// <summary>The inputs tried.</summary>
    public long Count { get; private set; }

    /// <summary>The inputs that ended as they may not: with another exception, after too long, or with too much memory.</summary>
    public long Wrong { get; private set; }

    /// <summary>The longest time of an input.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The most bytes that an input allocated, and its own length.</summary>
    public (long Allocated, int Length) Largest { get; private set; }

    /// <summary>The first findings.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Counts an input.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="finding">What was wrong about that; null for nothing.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="allocated">What it allocated.</param>
    /// <param name="length">The bytes of the input.</param>
    internal void Add(string outcome, string? finding, TimeSpan elapsed, long allocated, int length)
    {
        lock (_lock)
        {
            Count++;
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            Longest = elapsed > Longest ? elapsed : Longest;
            Largest = allocated > Largest.Allocated ? (allocated, length) : Largest;
            if (finding is null)
                return;
            Wrong++;
            if (_findings.Count < MostFindings)
                _findings.Add(finding);
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string outcome, long count) in _outcomes)
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,12:N0}  {outcome}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Count,12:N0}  inputs, {Wrong} of them wrong; the longest took {Longest.TotalMilliseconds:F0} ms, the largest allocated {Largest.Allocated:N0} bytes for {Largest.Length:N0}");
        foreach (string finding in _findings)
            text.AppendLine(finding);
        return text.ToString();
    }
}
