using System.Text;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A message in Protocol Buffers' wire format: fields of numbers and of bytes, which are all that a model needs.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintField = 0;
    private const int BytesField = 2;
    private readonly List<byte> _bytes = [];

    public ProtobufWriter Write(int field, long value)
    {
        WriteVarint(field << 3 | VarintField);
        WriteVarint(value);
        return this;
    }

    public ProtobufWriter Write(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(field << 3 | BytesField);
        WriteVarint(value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public ProtobufWriter Write(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value).AsSpan());

    public ProtobufWriter Write(int field, ProtobufWriter message) => Write(field, message.ToArray().AsSpan());

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteVarint(long value)
    {
        for (; value > 0x7F; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
