using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>Makes length and checksum of a file of networks right again, so that the checks behind them are reached.</summary>
internal static class Envelope
{
    private const int LengthAt = 4;
    private const int ChecksumAt = 12;
    private const int BodyAt = 16;

    /// <summary>Repairs a part, in place; what is too short for one stays.</summary>
    public static void Repair(byte[] part)
    {
        if (part.Length < BodyAt)
            return;
        var checksum = new Crc32C();
        checksum.Append(part.AsSpan(BodyAt));
        BitConverter.GetBytes(part.Length - (long)BodyAt).CopyTo(part, LengthAt);
        BitConverter.GetBytes(checksum.Value).CopyTo(part, ChecksumAt);
    }
}
