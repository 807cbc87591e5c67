using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>A buffer for a kernel to write to, with room on both sides that shows when the kernel wrote outside.</summary>
internal sealed unsafe class GuardedBuffer
{
    private const float Sentinel = 12345.678f;
    private readonly AlignedBuffer _buffer;

    /// <summary>Creates a buffer.</summary>
    /// <param name="length">The floats it holds.</param>
    /// <param name="fill">What they are at first.</param>
    public GuardedBuffer(int length, float fill = 0)
    {
        Length = length;
        _buffer = new AlignedBuffer(length + 2 * Padding.Lanes);
        _buffer.Span.Fill(Sentinel);
        Span.Fill(fill);
    }

    /// <summary>A buffer with these values.</summary>
    public static GuardedBuffer Of(ReadOnlySpan<float> values)
    {
        var buffer = new GuardedBuffer(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    public int Length { get; }

    public float* Pointer => _buffer.Pointer + Padding.Lanes;

    public Span<float> Span => _buffer.Span.Slice(Padding.Lanes, Length);

    /// <summary>Asserts that nothing outside the buffer has changed.</summary>
    public void AssertIntact(string what)
    {
        foreach (float guard in _buffer.Span[..Padding.Lanes])
            Assert.AreEqual(Sentinel, guard, $"{what}: written before the buffer's start");
        foreach (float guard in _buffer.Span[(Padding.Lanes + Length)..])
            Assert.AreEqual(Sentinel, guard, $"{what}: written past the buffer's end");
    }
}
