namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Every row of a buffer is padded to whole groups of 16 floats, so that no loop needs a tail.</summary>
internal static class Padding
{
    /// <summary>The floats in the widest vector, and in a cache line of 64 bytes.</summary>
    public const int Lanes = 16;

    /// <summary><paramref name="count"/> rounded up to a multiple of <see cref="Lanes"/>.</summary>
    public static int RoundUp(int count) => (count + (Lanes - 1)) & ~(Lanes - 1);
}
