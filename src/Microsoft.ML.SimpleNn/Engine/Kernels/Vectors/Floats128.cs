using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// 128-bit vectors: NEON on Arm, with 32 registers; anything else that .NET runs on. Without an FMA instruction the runtime computes the fused result in
/// software: slow, and the same bits.
/// </summary>
internal unsafe struct Floats128 : IFloats<Floats128>
{
    private Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats128(Vector128<float> value) => _value = value;

    /// <summary>The lanes, for the vector that is twice as wide.</summary>
    public readonly Vector128<float> Value => _value;

    public static int Count => 4;

    public static int TileRows => AdvSimd.IsSupported ? 8 : 4;

    public static int TileVectors => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 LoadBytes(byte* source) =>
        new(Vector128.ConvertToSingle(
            Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source)).AsByte())).AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 LoadFours(float* source, nint stride) => Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreNonTemporal(float* destination) => _value.StoreAlignedNonTemporal(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats128(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator +(Floats128 a, Floats128 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 a, Floats128 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator *(Floats128 a, Floats128 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator /(Floats128 a, Floats128 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 a) => new(Vector128<float>.Zero - a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, Floats128 b, Floats128 c) => new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats128 a, Floats128 b) => _value = Vector128.FusedMultiplyAdd(a._value, b._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats128 a, float* b) => _value = Vector128.FusedMultiplyAdd(a._value, Vector128.Load(b), _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats128 a, float b) => _value = Vector128.FusedMultiplyAdd(Vector128.Create(b), a._value, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sqrt(Floats128 a) => new(Vector128.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Abs(Floats128 a) => new(Vector128.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 IfLess(Floats128 a, Floats128 b, Floats128 then, Floats128 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a._value, b._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Select(Floats128 mask, Floats128 a, Floats128 b) => new(Vector128.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 InterleaveLow(Floats128 a, Floats128 b)
    {
        if (Sse.IsSupported) return new(Sse.UnpackLow(a._value, b._value));
        if (AdvSimd.Arm64.IsSupported) return new(AdvSimd.Arm64.ZipLow(a._value, b._value));
        return new(Vector128.Create(a._value[0], b._value[0], a._value[1], b._value[1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 InterleaveHigh(Floats128 a, Floats128 b)
    {
        if (Sse.IsSupported) return new(Sse.UnpackHigh(a._value, b._value));
        if (AdvSimd.Arm64.IsSupported) return new(AdvSimd.Arm64.ZipHigh(a._value, b._value));
        return new(Vector128.Create(a._value[2], b._value[2], a._value[3], b._value[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 PowerOfTwo(Floats128 n) =>
        new(((Vector128.ConvertToInt32Native(n._value) + Vector128.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SplitExponent(Floats128 a, out Floats128 exponent)
    {
        Vector128<int> bits = a._value.AsInt32();
        exponent = new(Vector128.ConvertToSingle((bits >>> FloatBits.MantissaBits) - Vector128.Create(FloatBits.ExponentBias - 1)));
        return new(((bits & Vector128.Create(FloatBits.MantissaMask)) | Vector128.Create(FloatBits.Half)).AsSingle());
    }
}
