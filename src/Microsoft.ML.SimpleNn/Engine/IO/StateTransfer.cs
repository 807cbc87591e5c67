using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// One direction of a copy between the state of a training and a checkpoint. The same calls in the same order write it and read it, so that the two
/// cannot drift apart. What is read is not trusted: a length must be that of the memory that waits for it, and a number must lie in its range.
/// </summary>
internal abstract class StateTransfer
{
    private const int ItemsAtATime = 1 << 20; // a span counts its bytes in an int
    private const int LongestText = 1 << 16;
    private const long LongestTime = TimeSpan.TicksPerDay * 100_000;

    /// <summary>Whether the state is taken from the checkpoint; else it is put there.</summary>
    public abstract bool IsReading { get; }

    /// <summary>How many bytes there can be to read.</summary>
    protected abstract long BytesLeft { get; }

    /// <summary>A number, in the order of bytes of the machine.</summary>
    public void Value<T>(ref T value)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));

    /// <summary>Yes or no.</summary>
    public void Flag(ref bool value)
    {
        int number = value ? 1 : 0;
        Number(ref number, 0, 1, "yes or no");
        value = number == 1;
    }

    /// <summary>A whole number of a range.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">The smallest that it can be.</param>
    /// <param name="most">The largest that it can be.</param>
    /// <param name="what">What it is, for messages.</param>
    public void Number(ref int value, int least, int most, string what)
    {
        Value(ref value);
        if (value < least || value > most) throw Damaged($"{what} is {value}, the range is {least} to {most}");
    }

    /// <summary>A length of time, in ticks.</summary>
    public void Time(ref long ticks)
    {
        Value(ref ticks);
        if (ticks < 0 || ticks > LongestTime) throw Damaged($"a time is {ticks} ticks");
    }

    /// <summary>The number of items that follow.</summary>
    /// <param name="count">How many there are to write.</param>
    /// <param name="bytesOfItem">The fewest bytes that one takes.</param>
    /// <param name="what">What they are, for messages.</param>
    /// <returns>How many there are; no more than the file has bytes for.</returns>
    public int Count(int count, int bytesOfItem, string what)
    {
        Value(ref count);
        if (count < 0 || (IsReading && (long)count * bytesOfItem > BytesLeft)) throw Damaged($"it has {count} {what}, and {BytesLeft} bytes are left");
        return count;
    }

    /// <summary>Items of a buffer that is there.</summary>
    /// <param name="items">The buffer, all of it.</param>
    /// <param name="what">What they are, for messages.</param>
    public void Items<T>(Span<T> items, string what)
        where T : unmanaged
    {
        int length = items.Length;
        Value(ref length);
        if (length != items.Length) throw Damaged($"it has {length} {what}, and there should be {items.Length}");
        for (int first = 0; first < length; first += ItemsAtATime) Bytes(MemoryMarshal.AsBytes(items.Slice(first, Math.Min(ItemsAtATime, length - first))));
    }

    /// <summary>A text.</summary>
    public void Text(ref string text)
    {
        byte[] bytes = IsReading ? [] : Encoding.UTF8.GetBytes(text);
        int length = Count(bytes.Length, bytesOfItem: 1, "bytes of text");
        if (length > LongestText) throw Damaged($"it has a text of {length} bytes");
        if (IsReading) bytes = new byte[length];
        Bytes(bytes);
        text = Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The error for a checkpoint that cannot be what was written.</summary>
    /// <param name="what">What is wrong, without a full stop.</param>
    public static InvalidDataException Damaged(FormattableString what) =>
        new($"The checkpoint cannot be read, since {FormattableString.Invariant(what)}: delete the file to begin anew.");

    /// <summary>Bytes as they are.</summary>
    protected abstract void Bytes(Span<byte> bytes);
}
