using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The functions of <see cref="VectorMath{TSimd, V}"/> for one number, with the same bits.</summary>
internal static class ScalarMath
{
    /// <summary>The natural logarithm of a positive normal number.</summary>
    public static float Log(float x) => VectorMath<Simd128, Vector128<float>>.Log(Vector128.Create(x)).ToScalar();
}
