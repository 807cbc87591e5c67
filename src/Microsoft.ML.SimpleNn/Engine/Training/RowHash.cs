using System.Numerics;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A hash of rows in their order: features, targets and weights. Zeros count for nothing, so that a row's hash is the same dense and sparse. It tells a pass over changed data by a chance of
/// 2^-64; it keeps nobody out who wants two data sets to have the same.
/// </summary>
internal struct RowHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 / the golden ratio (D. E. Knuth, The Art of Computer Programming 3, 6.4)

    /// <summary>The hash so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Adds the row where a cursor stands.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="weight">How much the row counts.</param>
    public void Add(IExampleCursor row, float weight)
    {
        ulong hash = Mix(Value, 1, weight); // a row of zeros counts too
        ReadOnlySpan<float> values = row.Values, targets = row.Targets;
        ReadOnlySpan<int> indices = row.Indices;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0) hash = Mix(hash, indices.IsEmpty ? i : indices[i], values[i]);
        }

        for (int j = 0; j < targets.Length; j++) hash = Mix(hash, ~j, targets[j]);
        Value = hash;
    }

    private static ulong Mix(ulong hash, int place, float value)
    {
        ulong mixed = (BitOperations.RotateLeft(hash, 23) ^ (uint)place ^ ((ulong)BitConverter.SingleToUInt32Bits(value) << 32)) * Multiplier;
        return mixed ^ (mixed >> 32);
    }
}
