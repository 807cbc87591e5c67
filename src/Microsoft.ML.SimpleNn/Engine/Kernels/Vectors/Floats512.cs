using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>512-bit vectors: AVX-512. 32 registers hold 8 rows x 3 vectors of sums.</summary>
internal unsafe struct Floats512 : IFloats<Floats512>
{
    private Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats512(Vector512<float> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats512(Floats256 lower, Floats256 upper) => _value = Vector512.Create(lower.Value, upper.Value);

    public static int Count => 16;

    private readonly Floats256 Lower => new(_value.GetLower());

    private readonly Floats256 Upper => new(_value.GetUpper());

    public static int TileRows => 8;

    public static int TileVectors => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 LoadBytes(byte* source) => Avx512F.IsSupported
        ? new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(source))))
        : new(Floats256.LoadBytes(source), Floats256.LoadBytes(source + Floats256.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 LoadFours(float* source, nint stride) => new(Floats256.LoadFours(source, stride), Floats256.LoadFours(source + 2 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreNonTemporal(float* destination) => _value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats512(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator +(Floats512 a, Floats512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 a, Floats512 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator *(Floats512 a, Floats512 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator /(Floats512 a, Floats512 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 a) => new(Vector512<float>.Zero - a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, Floats512 b, Floats512 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats512 a, Floats512 b) => _value = Vector512.FusedMultiplyAdd(a._value, b._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats512 a, float* b) => _value = Vector512.FusedMultiplyAdd(a._value, Vector512.Load(b), _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats512 a, float b) => _value = Vector512.FusedMultiplyAdd(Vector512.Create(b), a._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sqrt(Floats512 a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Abs(Floats512 a) => new(Vector512.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 IfLess(Floats512 a, Floats512 b, Floats512 then, Floats512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a._value, b._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Select(Floats512 mask, Floats512 a, Floats512 b) => new(Vector512.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 InterleaveLow(Floats512 a, Floats512 b) => Avx512F.IsSupported
        ? new(Avx512F.UnpackLow(a._value, b._value))
        : new(Floats256.InterleaveLow(a.Lower, b.Lower), Floats256.InterleaveLow(a.Upper, b.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 InterleaveHigh(Floats512 a, Floats512 b) => Avx512F.IsSupported
        ? new(Avx512F.UnpackHigh(a._value, b._value))
        : new(Floats256.InterleaveHigh(a.Lower, b.Lower), Floats256.InterleaveHigh(a.Upper, b.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 PowerOfTwo(Floats512 n) =>
        new(((Vector512.ConvertToInt32Native(n._value) + Vector512.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 SplitExponent(Floats512 a, out Floats512 exponent)
    {
        Vector512<int> bits = a._value.AsInt32();
        exponent = new(Vector512.ConvertToSingle((bits >>> FloatBits.MantissaBits) - Vector512.Create(FloatBits.ExponentBias - 1)));
        return new(((bits & Vector512.Create(FloatBits.MantissaMask)) | Vector512.Create(FloatBits.Half)).AsSingle());
    }
}
