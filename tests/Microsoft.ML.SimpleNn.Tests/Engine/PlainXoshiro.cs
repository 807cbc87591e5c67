namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>xoshiro256** as its authors publish it (https://prng.di.unimi.it), written down once more for comparison.</summary>
internal sealed class PlainXoshiro(ulong s0, ulong s1, ulong s2, ulong s3)
{
    private readonly ulong[] _s = [s0, s1, s2, s3];

    /// <summary>A generator whose state is filled by splitmix64.</summary>
    public static PlainXoshiro FromSplitMix(ulong seed)
    {
        ulong[] state = [.. SplitMix(seed).Take(4)];
        return new PlainXoshiro(state[0], state[1], state[2], state[3]);
    }

    /// <summary>The outputs of splitmix64.</summary>
    public static IEnumerable<ulong> SplitMix(ulong x)
    {
        while (true)
        {
            ulong z = x += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            yield return z ^ (z >> 31);
        }
    }

    public ulong Next()
    {
        ulong result = Rotate(_s[1] * 5, 7) * 9;
        ulong t = _s[1] << 17;
        _s[2] ^= _s[0];
        _s[3] ^= _s[1];
        _s[1] ^= _s[2];
        _s[0] ^= _s[3];
        _s[2] ^= t;
        _s[3] = Rotate(_s[3], 45);
        return result;
    }

    private static ulong Rotate(ulong x, int k) => (x << k) | (x >> (64 - k));
}
