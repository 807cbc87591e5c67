namespace Microsoft.ML.SimpleNn.IO;

/// <summary>Passes what is written on to another stream, which stays open, and computes its checksum.</summary>
/// <param name="inner">The other stream.</param>
internal sealed class ChecksumStream(Stream inner) : Stream
{
    private Crc32C _checksum;
    private long _length;

    /// <summary>The checksum of the bytes so far.</summary>
    public uint Checksum => _checksum.Value;

    /// <summary>The bytes so far.</summary>
    public override long Length => _length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        _checksum.Append(buffer);
        _length += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes a byte. That of the base class allocates an array for each, and the stages have two bytes for each feature.</summary>
    /// <param name="value">The byte.</param>
    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(in value));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
