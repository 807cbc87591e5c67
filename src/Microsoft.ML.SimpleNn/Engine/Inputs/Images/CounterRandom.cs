namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Random numbers that are a hash of a key and a counter, so that each key has a sequence of its own without a state that would be handed on.
/// </summary>
internal struct CounterRandom(ulong key)
{
    private const ulong Golden64 = 0x9E3779B97F4A7C15;

    // The key is mixed before it counts: keys beside each other, or a step of the counter apart, must not share a part of their sequences.
    private ulong _state = SplitMix64.Mix(key);

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => SplitMix64.Mix(_state += Golden64);

    /// <summary>A number from -1 up to 1, a multiple of 2^-23.</summary>
    public float NextSigned() => (NextBits() >> 40) * (1f / (1 << 23)) - 1;
}
