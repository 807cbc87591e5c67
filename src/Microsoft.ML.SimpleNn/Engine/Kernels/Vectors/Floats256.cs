using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// 256-bit vectors: AVX2 with FMA. 16 registers hold 6 rows x 2 vectors of sums. 4 x 3 would fit too, but reads twice as much of the right factor for each
/// multiply-add, which comes from the second-level cache: 98 to 100 instead of 104 to 106 GFLOP/s forward on a 784 x 1000 layer from 128 rows on.
/// </summary>
internal unsafe struct Floats256 : IFloats<Floats256>
{
    private Vector256<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats256(Vector256<float> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats256(Floats128 lower, Floats128 upper) => _value = Vector256.Create(lower.Value, upper.Value);

    /// <summary>The lanes, for the vector that is twice as wide.</summary>
    public readonly Vector256<float> Value => _value;

    public static int Count => 8;

    private readonly Floats128 Lower => new(_value.GetLower());

    private readonly Floats128 Upper => new(_value.GetUpper());

    public static int TileRows => 6;

    public static int TileVectors => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 LoadBytes(byte* source) => Avx2.IsSupported
        ? new(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(source)))
        : new(Floats128.LoadBytes(source), Floats128.LoadBytes(source + Floats128.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 LoadFours(float* source, nint stride) => new(Floats128.Load(source), Floats128.Load(source + stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreNonTemporal(float* destination) => _value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats256(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator +(Floats256 a, Floats256 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 a, Floats256 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator *(Floats256 a, Floats256 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator /(Floats256 a, Floats256 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 a) => new(Vector256<float>.Zero - a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, Floats256 b, Floats256 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats256 a, Floats256 b) => _value = Vector256.FusedMultiplyAdd(a._value, b._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats256 a, float* b) => _value = Vector256.FusedMultiplyAdd(a._value, Vector256.Load(b), _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats256 a, float b) => _value = Vector256.FusedMultiplyAdd(Vector256.Create(b), a._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sqrt(Floats256 a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Abs(Floats256 a) => new(Vector256.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 IfLess(Floats256 a, Floats256 b, Floats256 then, Floats256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a._value, b._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Select(Floats256 mask, Floats256 a, Floats256 b) => new(Vector256.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 InterleaveLow(Floats256 a, Floats256 b) => Avx.IsSupported
        ? new(Avx.UnpackLow(a._value, b._value))
        : new(Floats128.InterleaveLow(a.Lower, b.Lower), Floats128.InterleaveLow(a.Upper, b.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 InterleaveHigh(Floats256 a, Floats256 b) => Avx.IsSupported
        ? new(Avx.UnpackHigh(a._value, b._value))
        : new(Floats128.InterleaveHigh(a.Lower, b.Lower), Floats128.InterleaveHigh(a.Upper, b.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 PowerOfTwo(Floats256 n) =>
        new(((Vector256.ConvertToInt32Native(n._value) + Vector256.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SplitExponent(Floats256 a, out Floats256 exponent)
    {
        Vector256<int> bits = a._value.AsInt32();
        exponent = new(Vector256.ConvertToSingle((bits >>> FloatBits.MantissaBits) - Vector256.Create(FloatBits.ExponentBias - 1)));
        return new(((bits & Vector256.Create(FloatBits.MantissaMask)) | Vector256.Create(FloatBits.Half)).AsSingle());
    }
}
