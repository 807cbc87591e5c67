using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn.IO;

/// <summary>
/// The checksum CRC-32C (G. Castagnoli et al. 1993, Optimization of Cyclic Redundancy-Check Codes), as iSCSI and ext4 have it. It tells every flip of a bit,
/// of two or of three bits in up to
/// 268 MB, and every burst of up to 32 bits; of other damage one in 4.3 billion escapes it. It guards against accidents, not against those who can compute it
/// too.
/// </summary>
internal struct Crc32C
{
    private const int BlockSize = 1 << 16;
    private uint _inverse; // of the value: it begins as 0

    /// <summary>The checksum of the bytes so far.</summary>
    public readonly uint Value => _inverse;

    /// <summary>Takes bytes in.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_inverse;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (byte last in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, last);
        _inverse = ~crc;
    }

    /// <summary>The checksum of the next bytes of a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream has fewer.</exception>
    public static uint Of(Stream stream, long length)
    {
        var checksum = new Crc32C();
        byte[] block = new byte[Math.Min(length, BlockSize)];
        for (long left = length; left > 0;)
        {
            Span<byte> bytes = block.AsSpan(0, (int)Math.Min(left, block.Length));
            stream.ReadExactly(bytes);
            checksum.Append(bytes);
            left -= bytes.Length;
        }

        return checksum.Value;
    }
}
