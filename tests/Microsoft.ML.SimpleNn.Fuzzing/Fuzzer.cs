using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>
/// Loads altered models. Each must load, or be refused by a <see cref="FormatException"/> with a sentence that begins "The model "; within a second; and with memory that its length
/// accounts for.
/// </summary>
/// <param name="parts">The saved models that are altered.</param>
/// <param name="options">What to do.</param>
public sealed class Fuzzer(IReadOnlyList<SavedPart> parts, FuzzOptions options)
{
    private const long MemoryLimit = 64 << 20;
    private const long AllowedBytesPerByte = 150; // outputs are padded to 16 floats, in the parameters and in what the optimizer remembers
    private const long AllowedBytes = 1 << 20;
    private static readonly TimeSpan LongestAllowed = TimeSpan.FromSeconds(1);

    private readonly FuzzReport _report = new();
    private long _next;

    /// <summary>Tries all inputs.</summary>
    public FuzzReport Run()
    {
        _next = options.First;
        long start = Stopwatch.GetTimestamp(), end = options.First + options.Count;
        Thread[] threads = [.. Enumerable.Range(0, options.Threads).Select(_ => new Thread(() =>
        {
            for (long i = Interlocked.Increment(ref _next) - 1; i < end && Stopwatch.GetElapsedTime(start) < options.TimeLimit; i = Interlocked.Increment(ref _next) - 1)
                Try(i);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return _report;
    }

    private void Try(long number)
    {
        var random = new Random(HashOf(options.Seed, number));
        SavedPart saved = parts[random.Next(parts.Count)];
        byte[] altered = new Mutator(random).Alter(saved.Bytes, parts[random.Next(parts.Count)].Bytes);
        bool isRepaired = random.Next(4) != 0 && altered.Length >= sizeof(int) && BitConverter.ToInt32(altered) == 4;
        if (isRepaired)
            Envelope.Repair(altered);
        bool isZip = number % options.ZipEvery == 0;
        byte[] input = !isZip ? altered : random.Next(2) == 0 ? saved.WithPart(altered) : new Mutator(random).Alter(saved.Zip, parts[random.Next(parts.Count)].Zip);
        bool isOurs = !isZip || input.Length != saved.Zip.Length;

        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        Exception? error = ErrorOf(() =>
        {
            if (isZip)
                Loader.LoadZip(input);
            else
                Loader.LoadPart(saved.Signature, input, MemoryLimit);
        });
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Exception? cause = error?.GetBaseException();
        bool isRefused = cause is FormatException && cause.Message.StartsWith("The model ", StringComparison.Ordinal);
        string outcome = (isZip ? "zip: " : isRepaired ? "checksum repaired: " : "") + (error is null ? "loads" : isRefused ? "refused" : cause!.GetType().Name);
        string? wrong = isZip ? null // its errors are ML.NET's too
            : error is not null && !isRefused ? $"{error}"
            : allocated > AllowedBytes + (AllowedBytesPerByte * input.Length) ? $"{allocated} bytes allocated for {input.Length}"
            : null;
        if (elapsed > LongestAllowed)
            wrong = $"{elapsed.TotalSeconds:F1} s";
        string? finding = wrong is null ? null : string.Create(CultureInfo.InvariantCulture, $"--seed {options.Seed} --first {number} --count 1 ({saved.Name}): {wrong}");
        _report.Add(outcome, finding, elapsed, allocated, input.Length);
    }

    private static Exception? ErrorOf(Action action)
    {
        try
        {
            action();
            return null;
        }
#pragma warning disable CA1031 // whatever it is, it is reported
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    /// <summary>A seed that is the same in every process, as that of HashCode is not.</summary>
    private static int HashOf(int seed, long number)
    {
        var hash = new Crc32C();
        hash.Append(BitConverter.GetBytes(seed));
        hash.Append(BitConverter.GetBytes(number));
        return (int)hash.Value;
    }
}
