namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>Alters the bytes of a file: flips, extremes in place of lengths and counts, cuts, insertions, and pieces of other files.</summary>
/// <param name="random">Decides what is done.</param>
internal sealed class Mutator(Random random)
{
    private const int MostChanges = 6;
    private const int MostInserted = 200;
    private const int LargestCount = 2000; // an int32 from 1 to this is taken for a count or a length

    private static readonly long[] Extremes = [0, 1, -1, 2, 15, 16, 17, 100, 101, 127, 128, 255, 256, 1000, 1001, 1002, 65535, 65536, 1 << 20, 1 << 24, 1 << 28, 1 << 30,
        int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 53, long.MaxValue, long.MinValue];

    private static readonly double[] Numbers = [0, -0.0, 1, -1, 1e-45, 1e-38, 1e38, -1e38, 1e308, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];

    /// <summary>Makes one to six changes.</summary>
    /// <param name="original">The bytes; they stay.</param>
    /// <param name="other">Another file.</param>
    public byte[] Alter(byte[] original, byte[] other)
    {
        byte[] bytes = (byte[])original.Clone();
        for (int change = random.Next(1, MostChanges + 1); change > 0 && bytes.Length > 0; change--)
            bytes = AlterOnce(bytes, other);
        return bytes;
    }

    private byte[] AlterOnce(byte[] bytes, byte[] other)
    {
        int at = Position(bytes.Length);
        switch (random.Next(12))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3:
                return Put(bytes, at, BitConverter.GetBytes((int)Extremes[random.Next(Extremes.Length)]));
            case 4 or 5:
                return Put(bytes, Count(bytes, at), BitConverter.GetBytes((int)Extremes[random.Next(Extremes.Length)]));
            case 6:
                return Put(bytes, at, BitConverter.GetBytes(Extremes[random.Next(Extremes.Length)]));
            case 7:
                return Put(bytes, at, BitConverter.GetBytes((float)Numbers[random.Next(Numbers.Length)]));
            case 8:
                return Put(bytes, at, BitConverter.GetBytes(Numbers[random.Next(Numbers.Length)]));
            case 9:
                return bytes[..at];
            case 10:
                byte[] inserted = new byte[random.Next(1, MostInserted)];
                if (random.Next(2) == 0)
                    random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            default:
                return Splice(bytes, at, other);
        }
    }

    /// <summary>A piece of another file in place of as many bytes, or inserted, or the whole rest.</summary>
    private byte[] Splice(byte[] bytes, int at, byte[] other)
    {
        int from = random.Next(other.Length), length = random.Next(1, other.Length - from + 1);
        ReadOnlySpan<byte> piece = other.AsSpan(from, length);
        return random.Next(3) switch
        {
            0 => Put(bytes, at, piece),
            1 => [.. bytes[..at], .. piece, .. bytes[at..]],
            _ => [.. bytes[..at], .. other[Math.Min(at, other.Length)..]],
        };
    }

    /// <summary>Half of the positions are in the first bytes, where versions, counts and shapes are.</summary>
    private int Position(int length) => random.Next(2) == 0 ? random.Next(length) : random.Next(Math.Min(length, 80));

    /// <summary>The next position from one on where the bytes look like a count.</summary>
    private static int Count(byte[] bytes, int from)
    {
        for (int at = from; at <= bytes.Length - sizeof(int); at++)
            if (BitConverter.ToInt32(bytes, at) is >= 1 and <= LargestCount)
                return at;
        return from;
    }

    private static byte[] Put(byte[] bytes, int at, ReadOnlySpan<byte> piece)
    {
        int length = Math.Min(piece.Length, bytes.Length - at);
        piece[..length].CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
