using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads the part of a model's file that is ours. A file is untrusted: each size is checked against the bytes that are left, and what it takes in memory
/// against a limit, before anything is
/// allocated for it; what is wrong is told in a <see cref="FormatException"/>.
/// </summary>
internal sealed class ModelReader : BinaryReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly long _end;
    private readonly long _memoryLimit;
    private long _memory;

    /// <summary>Creates a reader.</summary>
    /// <param name="stream">A stream that can seek; it stays open.</param>
    /// <param name="version">The version of the form, see <see cref="NetworkFormat"/>.</param>
    /// <param name="end">Where the part ends; null for the end of the stream.</param>
    /// <param name="memoryLimit">The most bytes of memory that the model may take; null for <see cref="SimpleNnModelFile.MemoryLimit"/>.</param>
    public ModelReader(Stream stream, int version = NetworkFormat.Version, long? end = null, long? memoryLimit = null)
        : base(stream, Encoding.UTF8, leaveOpen: true)
    {
        Version = version;
        _end = end ?? stream.Length;
        _memoryLimit = memoryLimit ?? SimpleNnModelFile.EffectiveMemoryLimit;
    }

    /// <summary>The version of the form.</summary>
    public int Version { get; }

    /// <summary>How many bytes are left.</summary>
    public long BytesLeft => _end - BaseStream.Position;

    /// <summary>The error for a model that cannot be read.</summary>
    public static FormatException Damaged(FormattableString what) => new("The model cannot be read: " + FormattableString.Invariant(what) + ".");

    /// <summary>The error for a file that ends too early.</summary>
    public static FormatException TooShort() => Damaged($"the file ends too early");

    /// <summary>Throws where fewer bytes are left.</summary>
    public void CheckLeft(long bytes)
    {
        if (bytes > BytesLeft)
            throw TooShort();
    }

    /// <summary>Counts memory that is about to be allocated, and throws where the model would take more than it may.</summary>
    public void Claim(long bytes)
    {
        _memory += bytes;
        if (_memory > _memoryLimit)
        {
            const string Option = $"{nameof(SimpleNnModelFile)}.{nameof(SimpleNnModelFile.MemoryLimit)}";
            throw Damaged($"it takes {_memory} bytes of memory or more, and the limit is {_memoryLimit}; {Option} sets another");
        }
    }

    /// <summary>Throws where the part goes on after what has been read of it.</summary>
    public void CheckEnd()
    {
        if (BytesLeft != 0)
            throw Damaged($"it has {BytesLeft} bytes more than what is in it takes");
    }

    /// <summary>Reads a byte that is 0 or 1.</summary>
    /// <param name="what">What it says, for the message.</param>
    public bool ReadFlag(string what) => ReadByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw Damaged($"the byte that says whether {what} is {other}"),
    };

    /// <summary>Reads finite numbers.</summary>
    /// <param name="values">Takes them.</param>
    /// <param name="number">What one of them is: the beginning of a sentence about it.</param>
    public void ReadFloats(Span<float> values, string number)
    {
        CheckLeft(values.Length * (long)sizeof(float));
        BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (ref float value in values)
        {
            if (!BitConverter.IsLittleEndian)
                value = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value)));
            if (!float.IsFinite(value))
                throw Damaged($"{number} that is not a finite number");
        }
    }

    /// <summary>Reads finite numbers into a new array.</summary>
    /// <param name="count">How many.</param>
    /// <param name="number">What one of them is: the beginning of a sentence about it.</param>
    public float[] ReadFloats(int count, string number)
    {
        CheckLeft(count * (long)sizeof(float));
        Claim(count * (long)sizeof(float));
        float[] values = new float[count];
        ReadFloats(values, number);
        return values;
    }

    /// <summary>Reads a text as <see cref="BinaryWriter.Write(string)"/> writes it.</summary>
    /// <param name="what">What it is, for the message.</param>
    public string ReadText(string what)
    {
        int length;
        try
        {
            length = Read7BitEncodedInt();
        }
        catch (FormatException)
        {
            throw Damaged($"the length of {what} is none");
        }
        if (length < 0)
            throw Damaged($"the length of {what} is none");
        CheckLeft(length);
        Claim(length * (long)sizeof(char));
        try
        {
            return Utf8.GetString(ReadBytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw Damaged($"{what} is not a text");
        }
    }
}
