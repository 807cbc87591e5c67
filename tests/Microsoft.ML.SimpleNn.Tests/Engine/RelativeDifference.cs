namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>
/// How far a tensor is from what it should be: the largest difference of two elements, divided by the largest magnitude that should be there.
/// Relative to the tensor and not to each element, because a float computation cannot give an element that nearly cancels to its last digits.
/// </summary>
internal static class RelativeDifference
{
    /// <summary>Asserts that a tensor is within <paramref name="tolerance"/> of what it should be.</summary>
    public static void AssertWithin(double tolerance, IReadOnlyList<double> expected, float[] actual, string what)
    {
        Assert.HasCount(expected.Count, actual, what);
        double magnitude = expected.Max(Math.Abs), largest = 0;
        int at = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            if (difference <= largest) continue;
            largest = difference;
            at = i;
        }

        Assert.IsFalse(actual.Any(float.IsNaN), $"{what} has NaN");
        if (largest > tolerance * magnitude)
            Assert.Fail($"{what}: element {at} is {actual[at]:R}, not {expected[at]:R}; relative to the largest, {magnitude:G6}, that is {largest / magnitude:E2}, more than {tolerance:E0}");
    }

    /// <summary>
    /// Asserts that a tensor is on average, by root mean square, no farther from what it should be than another computation of it in float is, or that it is
    /// there to the rounding of its largest elements: 1e-7 of the largest, between half a unit in the last place and a whole one.
    /// </summary>
    public static void AssertNoFarther(double[] expected, float[] other, float[] actual, string what) =>
        Assert.IsLessThanOrEqualTo(Math.Max(RootMeanSquare(expected, other), 1e-7), RootMeanSquare(expected, actual), what);

    /// <summary>Asserts that a number is within <paramref name="tolerance"/> of what it should be.</summary>
    public static void AssertWithin(double tolerance, double expected, double actual, string what) =>
        AssertWithin(tolerance, [expected], [(float)actual], what);

    private static double RootMeanSquare(double[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (x, y) => (x - y) * (x - y)).Average()) / expected.Max(Math.Abs);
}
