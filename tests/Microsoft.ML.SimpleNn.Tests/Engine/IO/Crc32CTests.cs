using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Tests.IO;

/// <summary>The checksum against the test vectors of RFC 3720 (iSCSI), appendix B.4, and the check value of the catalogue of CRCs.</summary>
[TestClass]
public sealed class Crc32CTests
{
    public static IEnumerable<object[]> Vectors =>
    [
        [Array.Empty<byte>(), 0u],
        ["123456789"u8.ToArray(), 0xE3069283u],
        [new byte[32], 0x8A9136AAu],
        [Enumerable.Repeat((byte)0xFF, 32).ToArray(), 0x62A8AB43u],
        [Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), 0x46DD794Eu],
        [Enumerable.Range(0, 32).Select(i => (byte)(31 - i)).ToArray(), 0x113FDB5Cu],
    ];

    [TestMethod]
    [DynamicData(nameof(Vectors))]
    public void Published_checksums_come_out(byte[] bytes, uint expected) => Assert.AreEqual(expected, Of(bytes));

    [TestMethod]
    [DynamicData(nameof(Vectors))]
    public void In_pieces_it_is_the_same(byte[] bytes, uint expected)
    {
        for (int first = 0; first <= bytes.Length; first++)
        {
            var checksum = new Crc32C();
            checksum.Append(bytes.AsSpan(0, first));
            checksum.Append(bytes.AsSpan(first));
            Assert.AreEqual(expected, checksum.Value, $"first {first} bytes");
        }
    }

    /// <summary>One byte less than a block of the reader, a block, one more, and several.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(65_535)]
    [DataRow(65_536)]
    [DataRow(65_537)]
    [DataRow(200_003)]
    public void Of_a_stream_it_takes_the_next_bytes_and_no_more(int length)
    {
        byte[] bytes = new byte[length + 10];
        new Random(1).NextBytes(bytes);
        using var stream = new MemoryStream(bytes);
        stream.Position = 7;

        Assert.AreEqual(Of(bytes.AsSpan(7, length)), Crc32C.Of(stream, length));
        Assert.AreEqual(7 + length, stream.Position);
    }

    [TestMethod]
    public void A_stream_that_ends_too_early_is_refused()
    {
        using var stream = new MemoryStream(new byte[100]);

        Assert.ThrowsExactly<EndOfStreamException>(() => Crc32C.Of(stream, 101));
    }

    [TestMethod]
    public void A_stream_passes_on_what_is_written_and_counts_it()
    {
        using var inner = new MemoryStream();
        using var stream = new ChecksumStream(inner);
        stream.Write("123"u8);
        stream.WriteByte((byte)'4');
        stream.Write("x56789x"u8.ToArray(), 1, 5);
        stream.Flush();

        Assert.AreEqual(0xE3069283u, stream.Checksum);
        Assert.AreEqual(9L, stream.Length);
        Assert.AreEqual(9L, stream.Position);
        CollectionAssert.AreEqual("123456789"u8.ToArray(), inner.ToArray());
    }

    [TestMethod]
    public void A_flush_reaches_the_other_stream()
    {
        using var inner = new MemoryStream();
        using var buffered = new BufferedStream(inner);
        using var stream = new ChecksumStream(buffered);
        stream.WriteByte(1);
        Assert.AreEqual(0L, inner.Length);
        stream.Flush();
        Assert.AreEqual(1L, inner.Length);
    }

    [TestMethod]
    public void The_stream_can_be_written_to_and_nothing_else()
    {
        using var stream = new ChecksumStream(new MemoryStream());

        Assert.IsTrue(stream.CanWrite);
        Assert.IsFalse(stream.CanRead || stream.CanSeek);
        Assert.ThrowsExactly<NotSupportedException>(() => stream.ReadByte());
        Assert.ThrowsExactly<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.ThrowsExactly<NotSupportedException>(() => stream.SetLength(0));
        Assert.ThrowsExactly<NotSupportedException>(() => stream.Position = 0);
    }

    private static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Crc32C();
        checksum.Append(bytes);
        return checksum.Value;
    }
}
