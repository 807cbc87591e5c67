using System.Security.Cryptography;

namespace Microsoft.ML.SimpleNn;

/// <summary>Writes a checkpoint, and computes the SHA-256 of what it writes.</summary>
internal sealed class StateWriter(Stream stream) : StateTransfer, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool IsReading => false;

    protected override long BytesLeft => 0;

    /// <summary>Ends the file with the hash of all before.</summary>
    public void WriteHash() => stream.Write(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    protected override void Bytes(Span<byte> bytes)
    {
        _hash.AppendData(bytes);
        stream.Write(bytes);
    }
}
