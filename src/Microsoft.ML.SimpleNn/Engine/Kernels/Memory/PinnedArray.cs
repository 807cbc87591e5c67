using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>An array of the garbage collector's pinned heap, zero at first: its address never moves, and there is nothing to dispose.</summary>
internal sealed unsafe class PinnedArray<T>(int length)
    where T : unmanaged
{
    private readonly T[] _array = GC.AllocateArray<T>(Math.Max(1, length), pinned: true);

    /// <summary>The items it holds.</summary>
    public int Length { get; } = length;

    /// <summary>The first item; valid while this object is reachable.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref _array[0]);

    /// <summary>The items.</summary>
    public Span<T> Span => _array.AsSpan(0, Length);
}
