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
}
