using System.Numerics;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Random numbers that are the same for a seed on every system and in every version. The generator is xoshiro256** (D. Blackman, S. Vigna
/// 2018), its state filled by splitmix64, as its authors advise.
/// </summary>
internal sealed class RandomSource
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">What the numbers are for: each use has a sequence of its own, so that a change in one leaves the others.</param>
    public RandomSource(int seed, RandomStream stream)
    {
        ulong state = ((ulong)stream << 32) | (uint)seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Next();

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1, each as likely (D. Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        uint range = (uint)bound;
        ulong product = (Next() >> 32) * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold) product = (Next() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number from 0 up to 1, a multiple of 2^-24.</summary>
    public float NextFloat() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>A number of the standard normal distribution, by G. Marsaglia's polar method.</summary>
    public float NextNormal()
    {
        while (true)
        {
            float x = 2 * NextFloat() - 1, y = 2 * NextFloat() - 1;
            float square = x * x + y * y;
            if (square is > 0 and < 1) return x * MathF.Sqrt(-2 * Kernels.ScalarMath.Log(square) / square);
        }
    }

    /// <summary>Puts the items in random order, every order as likely (Fisher-Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return SplitMix64.Mix(state);
    }

    private ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }
}
