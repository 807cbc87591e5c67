using System.Numerics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Sorts the values of a minibatch by their features with a radix sort, from the lowest digit up, which keeps values of one feature in the order
/// in which they came. Its time follows the number of values; it allocates nothing.
/// </summary>
internal sealed unsafe class FeatureSort
{
    /// <summary>2048 counters stay in the first-level cache, and two passes sort up to four million features.</summary>
    private const int DigitBits = 11;

    private readonly PinnedArray<int> _places = new(1 << DigitBits);
    private readonly int _passes;
    private PinnedArray<long> _entries, _spare;

    /// <summary>Allocates room.</summary>
    /// <param name="maximumValues">The most values to sort.</param>
    /// <param name="features">Features are numbers from 0 up to, but not including, this.</param>
    public FeatureSort(int maximumValues, int features)
    {
        _entries = new PinnedArray<long>(maximumValues);
        _spare = new PinnedArray<long>(maximumValues);
        int bits = 32 - BitOperations.LeadingZeroCount((uint)(features - 1));
        _passes = (bits + DigitBits - 1) / DigitBits;
    }

    /// <summary>The feature of an entry.</summary>
    public static int Feature(long entry) => (int)(entry >> 32);

    /// <summary>Where an entry's feature was before the sort.</summary>
    public static int Position(long entry) => (int)entry;

    /// <summary>Sorts.</summary>
    /// <param name="features">The feature of each value.</param>
    /// <returns>An entry for each, ascending; valid until the next call.</returns>
    public ReadOnlySpan<long> Sort(ReadOnlySpan<int> features)
    {
        Span<long> entries = _entries.Span[..features.Length];
        for (int i = 0; i < entries.Length; i++) entries[i] = ((long)features[i] << 32) | (uint)i;
        for (int pass = 0; pass < _passes; pass++) SortByDigit(features.Length, 32 + pass * DigitBits);
        return _entries.Span[..features.Length];
    }

    private void SortByDigit(int count, int shift)
    {
        ReadOnlySpan<long> source = _entries.Span[..count];
        long* destination = _spare.Pointer;
        int* places = _places.Pointer;
        _places.Span.Clear();
        foreach (long entry in source) places[Digit(entry, shift)]++;
        int place = 0;
        foreach (ref int digit in _places.Span) (digit, place) = (place, place + digit);
        foreach (long entry in source) destination[places[Digit(entry, shift)]++] = entry;
        (_entries, _spare) = (_spare, _entries);
    }

    private static int Digit(long entry, int shift) => (int)(entry >> shift) & ((1 << DigitBits) - 1);
}
