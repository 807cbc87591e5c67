namespace Microsoft.ML.SimpleNn;

/// <summary>The finaliser of splitmix64 (G. Steele, D. Lea and C. Flood 2014, Fast Splittable Pseudorandom Number Generators).</summary>
internal static class SplitMix64
{
    /// <summary>Mixes the bits of a number: a bijection whose results look random even for neighbours.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
