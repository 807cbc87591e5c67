using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A 64-bit hash of rows in their order, by which a pass over streamed rows is known to give what the first gave, and a checkpoint knows the data that it was
/// trained on. It is quick, and no
/// defence against who wants two data sets to look alike.
/// </summary>
internal struct DataHash
{
    private ulong _hash;

    /// <summary>The hash of what was added.</summary>
    public readonly ulong Value => _hash;

    /// <summary>Adds numbers, to the bit, and how many there are.</summary>
    public void Add<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        Add((ulong)items.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(items);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) Add(word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..]) Add(rest);
    }

    /// <summary>Adds the row where a cursor stands.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="weight">How much the row counts.</param>
    public void Add(IExampleCursor row, float weight)
    {
        Add(row.Values);
        Add(row.Indices);
        Add(row.Targets);
        Add(BitConverter.SingleToUInt32Bits(weight));
    }

    /// <summary>Adds a number.</summary>
    public void Add(ulong word) => _hash = SplitMix64.Mix((_hash ^ word) + 0x9E3779B97F4A7C15);
}
