using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Every row of a buffer is padded to whole groups of 16 floats, so that no loop needs a tail.</summary>
internal static unsafe class Padding
{
    /// <summary>The floats in the widest vector, and in a cache line of 64 bytes.</summary>
    public const int Lanes = 16;

    private const int Ones = -1;

    /// <summary>16 lanes of ones and 15 of zeros; constants lie in the assembly's image, which does not move.</summary>
    private static ReadOnlySpan<int> OnesThenZeros =>
    [
        Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones, Ones,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary><paramref name="count"/> rounded up to a multiple of <see cref="Lanes"/>.</summary>
    public static int RoundUp(int count) => (count + (Lanes - 1)) & ~(Lanes - 1);

    /// <summary>The mask of the last 16 lanes of a padded row: ones where there is a value, zeros in the padding.</summary>
    /// <param name="count">The values of the row, 1 or more.</param>
    public static float* Mask(int count) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(OnesThenZeros)) + (RoundUp(count) - count);
}
