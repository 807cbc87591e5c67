using System.Security.Cryptography;

namespace Microsoft.ML.SimpleNn;

/// <summary>Reads a checkpoint whose last bytes are the SHA-256 of those before.</summary>
internal sealed class StateReader(Stream stream) : StateTransfer, IDisposable
{
    private const int BytesAtATime = 1 << 16;

    public override bool IsReading => true;

    protected override long BytesLeft => stream.Length - SHA256.HashSizeInBytes - stream.Position;

    /// <summary>Whether the file is the one that was written, to the bit; then it is at its beginning.</summary>
    public bool HasRightHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[BytesAtATime];
        stream.Position = 0;
        if (BytesLeft < 0) return false;
        while (BytesLeft > 0)
        {
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(BytesLeft, piece.Length));
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
        }

        stream.ReadExactly(piece, 0, SHA256.HashSizeInBytes);
        stream.Position = 0;
        return hash.GetHashAndReset().AsSpan().SequenceEqual(piece.AsSpan(0, SHA256.HashSizeInBytes));
    }

    public void Dispose() => stream.Dispose();

    protected override void Bytes(Span<byte> bytes)
    {
        if (bytes.Length > BytesLeft) throw Damaged($"it ends too early");
        stream.ReadExactly(bytes);
    }
}
