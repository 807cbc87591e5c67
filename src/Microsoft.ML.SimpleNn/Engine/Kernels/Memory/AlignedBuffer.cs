using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Floats at an address that is a multiple of 64 bytes and never moves, zero at first. The memory is an array of the garbage
/// collector's pinned heap: it lives as long as this object, and there is nothing to dispose.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;
    private readonly float[] _array;
    private readonly int _offset;

    /// <summary>Creates a buffer of zeros.</summary>
    /// <param name="length">The floats it holds, from 0 to <see cref="MaximumLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is outside that range.</exception>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLength);
        _array = GC.AllocateArray<float>((int)length + Alignment / sizeof(float), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)((-start & (Alignment - 1)) / sizeof(float));
        Length = (int)length;
    }

    /// <summary>The longest buffer: an array's limit less the room for alignment.</summary>
    public static int MaximumLength => Array.MaxLength - Alignment / sizeof(float);

    /// <summary>The floats it holds.</summary>
    public int Length { get; }

    /// <summary>The first float; valid while this object is reachable.</summary>
    public float* Pointer => (float*)Unsafe.AsPointer(ref _array[_offset]);

    /// <summary>The floats.</summary>
    public Span<float> Span => _array.AsSpan(_offset, Length);
}
