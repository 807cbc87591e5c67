using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Which width the kernels run at, best first. Both properties are constants to the JIT, so a dispatch on them costs nothing;
/// where neither holds, the kernels run with 128-bit vectors.
/// </summary>
internal static class Simd
{
    /// <summary>512-bit vectors are there (AVX-512), and the processor does not pay for them with its clock.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    /// <summary>256-bit vectors with fused multiply-add are there (AVX2 and FMA).</summary>
    public static bool Is256 => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <summary>Runs a kernel with the widest vectors that the processor has: the one place where the width is chosen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        if (Is512) kernel.Run<Floats512>();
        else if (Is256) kernel.Run<Floats256>();
        else kernel.Run<Floats128>();
    }
}
