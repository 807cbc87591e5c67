using System.Runtime.Intrinsics;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Runs kernels at a width of the test's choice, where <see cref="Simd"/> would take the best.</summary>
internal static class Widths
{
    /// <summary>The width is there in hardware. Without it the runtime would compute the same in software, too slowly for a sweep.</summary>
    public static bool IsSupported(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => Vector512.IsHardwareAccelerated,
        VectorWidth.Bits256 => Simd.Is256,
        _ => Vector128.IsHardwareAccelerated,
    };

    /// <summary>Runs <paramref name="body"/> at a width, or ends the test as inconclusive where the processor lacks it.</summary>
    public static void Run(VectorWidth width, IKernel body)
    {
        if (!IsSupported(width))
            Assert.Inconclusive($"This processor, or the runtime's settings, have no {width} vectors: nothing was tested at this width.");
        switch (width)
        {
            case VectorWidth.Bits512: body.Run<Floats512>(); break;
            case VectorWidth.Bits256: body.Run<Floats256>(); break;
            default: body.Run<Floats128>(); break;
        }
    }
}
