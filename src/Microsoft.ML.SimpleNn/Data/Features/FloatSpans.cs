using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What is asked of every value that is read.</summary>
internal static class FloatSpans
{
    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        // Zero times a number is zero, times NaN or infinity NaN.
        Vector<float> zeros = Vector<float>.Zero;
        foreach (Vector<float> vector in vectors) zeros += vector * Vector<float>.Zero;
        float zero = Vector.Sum(zeros);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..]) zero += value * 0;
        return zero == 0;
    }

    /// <summary>How many values are other than zero.</summary>
    public static int CountNonZero(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<int> zeros = Vector<int>.Zero;
        foreach (Vector<float> vector in vectors) zeros -= Vector.Equals(vector, Vector<float>.Zero);
        int count = values.Length - Vector.Sum(zeros);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            if (value == 0) count--;
        return count;
    }

    /// <summary>Whether all values are whole numbers from 0 to 255; not -0, so that a byte has the same bits as a float again.</summary>
    public static bool AreBytes(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<int> others = Vector<int>.Zero;
        foreach (Vector<float> vector in vectors)
        {
            Vector<int> bytes = Vector.ConvertToInt32(vector) & new Vector<int>(byte.MaxValue);
            others |= Vector.AsVectorInt32(vector) ^ Vector.AsVectorInt32(Vector.ConvertToSingle(bytes));
        }

        int other = Vector.EqualsAll(others, Vector<int>.Zero) ? 0 : 1;
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            other |= BitConverter.SingleToInt32Bits(value) ^ BitConverter.SingleToInt32Bits((int)value & byte.MaxValue);
        return other == 0;
    }

    /// <summary>Converts values that are bytes.</summary>
    public static void ToBytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<byte>> packed = MemoryMarshal.Cast<byte, Vector<byte>>(bytes);
        for (int i = 0; i < packed.Length; i++)
        {
            ReadOnlySpan<Vector<float>> four = vectors.Slice(4 * i, 4);
            Vector<ushort> low = Vector.Narrow(Vector.ConvertToUInt32(four[0]), Vector.ConvertToUInt32(four[1]));
            Vector<ushort> high = Vector.Narrow(Vector.ConvertToUInt32(four[2]), Vector.ConvertToUInt32(four[3]));
            packed[i] = Vector.Narrow(low, high);
        }

        for (int i = packed.Length * Vector<byte>.Count; i < values.Length; i++)
            bytes[i] = (byte)values[i];
    }
}
