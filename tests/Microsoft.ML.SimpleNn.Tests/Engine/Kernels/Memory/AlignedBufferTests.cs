using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed unsafe class AlignedBufferTests
{
    [TestMethod]
    public void The_first_float_lies_at_a_multiple_of_64_bytes_and_all_are_zero()
    {
        for (int length = 0; length < 100; length++)
        {
            var buffer = new AlignedBuffer(length);

            Assert.AreEqual(0, (nint)buffer.Pointer % 64, $"{length} floats");
            Assert.AreEqual(length, buffer.Span.Length);
            Assert.IsFalse(buffer.Span.ContainsAnyExcept(0f), $"{length} floats");
        }
    }

    [TestMethod]
    public void The_pointer_and_the_span_are_the_same_memory_which_does_not_move()
    {
        var buffer = new AlignedBuffer(10);
        float* before = buffer.Pointer;
        before[9] = 7;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.AreEqual(7f, buffer.Span[9]);
        Assert.AreEqual((nint)before, (nint)buffer.Pointer);
    }

    [TestMethod]
    public void A_length_that_no_array_has_is_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AlignedBuffer(AlignedBuffer.MaximumLength + 1L));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AlignedBuffer(long.MaxValue));
    }
}
