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
    private const int RepeatsOfSlow = 2;
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
        bool isZip = number % options.ZipEvery == 0, isOurPart = !isZip || random.Next(2) == 0;
        byte[] input = !isZip ? altered : isOurPart ? saved.WithPart(altered) : saved.WithCompressedEntry(entry => new Mutator(random).Alter(entry, parts[random.Next(parts.Count)].Zip));

        if (options.Keep is not null)
            File.WriteAllBytes(Path.Combine(options.Keep, $"{number}.{(isZip ? "zip" : "part")}"), input);
        Trial trial = Trial.Of(() => Load(input, isZip, saved.Signature));
        // What other programs do on the machine makes an input slow once; what is slow by itself is slow again.
        for (int again = 0; again < RepeatsOfSlow && trial.Elapsed > LongestAllowed; again++)
        {
            Trial next = Trial.Of(() => Load(input, isZip, saved.Signature));
            trial = trial with { Elapsed = next.Elapsed < trial.Elapsed ? next.Elapsed : trial.Elapsed };
        }

        Exception? cause = trial.Error?.GetBaseException();
        bool isRefused = cause is FormatException && cause.Message.StartsWith("The model ", StringComparison.Ordinal);
        bool isOfOtherSize = isZip && cause is InvalidOperationException && cause.Message.StartsWith("Incompatible features column type", StringComparison.Ordinal);
        string source = !isZip ? "" : isOurPart ? "zip with our part altered: " : "zip: ";
        string outcome = source + (isRepaired && isOurPart ? "checksum repaired: " : "") + (trial.Error is null ? "loads" : isOfOtherSize ? "loads, and ML.NET finds that the schema is of another size" : isRefused ? "refused" : cause!.GetType().Name);
        string? wrong = trial.Elapsed > LongestAllowed ? $"{trial.Elapsed.TotalSeconds:F1} s"
            : !isOurPart ? null // its errors are ML.NET's too
            : cause is not null && !isRefused && !isOfOtherSize ? $"{trial.Error}"
            : !isZip && trial.Allocated > AllowedBytes + (AllowedBytesPerByte * input.Length) ? $"{trial.Allocated} bytes allocated for {input.Length}"
            : null;
        string? finding = wrong is null ? null : string.Create(CultureInfo.InvariantCulture, $"--seed {options.Seed} --first {number} --count 1 ({saved.Name}): {wrong}");
        _report.Add(outcome, finding, trial.Elapsed, isZip ? 0 : trial.Allocated, input.Length);
    }

    private static void Load(byte[] input, bool isZip, string signature)
    {
        if (isZip)
            Loader.LoadZip(input);
        else
            Loader.LoadPart(signature, input, MemoryLimit);
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
