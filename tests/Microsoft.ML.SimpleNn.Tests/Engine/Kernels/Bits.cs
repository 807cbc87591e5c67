namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Comparison of floats bit for bit.</summary>
internal static class Bits
{
    /// <summary>Asserts that two rows of numbers have the same bits: 0 and -0 differ.</summary>
    public static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: value {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
