namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>CRC-32C a bit at a time, as its definition has it: the reflected polynomial 0x82F63B78, all ones at first, inverted at the end.</summary>
internal static class PlainChecksum
{
    private const int Start = 16;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0x82F63B78 & (0 - (crc & 1)));
        }
        return ~crc;
    }

    /// <summary>Makes length and checksum of a file of networks those of its body, whatever was done to it.</summary>
    public static byte[] Repair(byte[] networks)
    {
        if (networks.Length < Start)
            return networks;
        BitConverter.GetBytes(networks.Length - (long)Start).CopyTo(networks, 4);
        BitConverter.GetBytes(Of(networks.AsSpan(Start))).CopyTo(networks, 12);
        return networks;
    }
}
