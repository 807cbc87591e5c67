namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>exp, log and their kin against <see cref="Math"/> in double precision, over a dense sweep of the floats.</summary>
[TestClass]
public sealed class VectorMathTests
{
    // Every so many bit patterns one float: over a million of them, of all magnitudes and both signs.
    private const uint Step = 3001;
    private const uint CoarseStep = 10 * Step;
    private const int EvenSteps = 300_000;
    private const float SmallestNormal = 1.1754944e-38f;

    private static readonly float[] Extremes =
    [
        0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, SmallestNormal, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity,
    ];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Exp_is_within_the_error_that_its_comment_states() =>
        AssertRelativeError(VectorFunction.Exp, Sweep(-87.3f, 88.3f), Math.Exp, 2e-7);

    [TestMethod]
    public void Exp_is_so_in_the_middle_of_its_range_too() =>
        AssertRelativeError(VectorFunction.Exp, Dense(-87, 88), Math.Exp, 2e-7);

    [TestMethod]
    public void Exp_stays_at_the_ends_of_its_range()
    {
        float[] beyond = Values(VectorFunction.Exp, [-87.4f, -1e4f, -1e30f, float.NegativeInfinity, 88.4f, 1e4f, 1e30f, float.PositiveInfinity]);

        foreach (float low in beyond[..4]) Assert.AreEqual(1.1754944e-38, low, 1e-42);
        foreach (float high in beyond[4..]) Assert.AreEqual(2.4e38, high, 0.1e38);
    }

    [TestMethod]
    public void Log_is_within_the_error_that_its_comment_states() =>
        AssertRelativeError(VectorFunction.Log, Sweep(SmallestNormal, float.MaxValue), Math.Log, 1e-7);

    [TestMethod]
    public void Log_is_so_around_one_too() =>
        AssertRelativeError(VectorFunction.Log, Dense(0.4f, 2.5f), Math.Log, 1e-7);

    [TestMethod]
    public void Log1Plus_is_within_the_error_that_its_comment_states() =>
        AssertRelativeError(VectorFunction.Log1Plus, Sweep(0, 1), DoubleMath.Log1Plus, 3e-7);

    [TestMethod]
    public void Sigmoid_is_within_the_error_that_its_comment_states() =>
        AssertRelativeError(VectorFunction.Sigmoid, [.. Sweep(-87, float.PositiveInfinity), .. Dense(-87, 20)], DoubleMath.Sigmoid, 2e-7);

    [TestMethod]
    public void Sigmoid_stays_above_zero_far_down()
    {
        foreach (float value in Values(VectorFunction.Sigmoid, [-88.5f, -1e4f, float.NegativeInfinity])) Assert.AreEqual(4.15e-39, value, 0.02e-39);
    }

    [TestMethod]
    public void Tanh_is_within_the_error_that_its_comment_states() =>
        AssertRelativeError(VectorFunction.Tanh, [.. Sweep(float.NegativeInfinity, float.PositiveInfinity), .. Dense(-10, 10)], Math.Tanh, 3e-7);

    [TestMethod]
    public void NormalDistribution_is_within_the_error_that_its_comment_states()
    {
        float[] arguments = [.. Sweep(float.NegativeInfinity, float.PositiveInfinity), .. Dense(-8, 8)];
        float[] values = Values(VectorFunction.NormalDistribution, arguments);

        double worst = arguments.Zip(values, (x, y) => Math.Abs(y - DoubleMath.NormalDistribution(x))).Max();
        TestContext.WriteLine($"largest absolute error {worst:E2}");
        Assert.IsLessThan(3e-7, worst);
    }

    [TestMethod]
    public void Positive_and_Negate_are_exact()
    {
        float[] arguments = [.. Sweep(float.NegativeInfinity, float.PositiveInfinity), .. Extremes];

        Bits.AssertEqual(Array.ConvertAll(arguments, x => x < 0 ? 0 : x), Values(VectorFunction.Positive, arguments), "max(x, 0)");
        Bits.AssertEqual(Array.ConvertAll(arguments, x => 0 - x), Values(VectorFunction.Negate, arguments), "-x");
    }

    [TestMethod]
    [DataRow(VectorFunction.Exp)]
    [DataRow(VectorFunction.Log1Plus)]
    [DataRow(VectorFunction.Sigmoid)]
    [DataRow(VectorFunction.Tanh)]
    [DataRow(VectorFunction.NormalDistribution)]
    [DataRow(VectorFunction.Positive)]
    [DataRow(VectorFunction.Negate)]
    public void NaN_stays_NaN(VectorFunction function) => Assert.IsTrue(float.IsNaN(Values(function, [float.NaN])[0]));

    [TestMethod]
    [DataRow(VectorFunction.Tanh, float.PositiveInfinity, 1f)]
    [DataRow(VectorFunction.Tanh, float.NegativeInfinity, -1f)]
    [DataRow(VectorFunction.Sigmoid, float.PositiveInfinity, 1f)]
    [DataRow(VectorFunction.NormalDistribution, float.PositiveInfinity, 1f)]
    [DataRow(VectorFunction.NormalDistribution, float.NegativeInfinity, 0f)]
    public void Infinity_gives_the_limit(VectorFunction function, float infinity, float limit) =>
        Assert.AreEqual(limit, Values(function, [infinity])[0]);

    [TestMethod]
    [EveryWidth]
    public void Every_width_gives_the_same_bits(VectorWidth width)
    {
        foreach (VectorFunction function in Enum.GetValues<VectorFunction>())
        {
            float[] arguments = function switch
            {
                VectorFunction.Log => Sweep(SmallestNormal, float.MaxValue, CoarseStep),
                VectorFunction.Log1Plus => Sweep(0, 1, CoarseStep),
                _ => [.. Sweep(float.NegativeInfinity, float.PositiveInfinity, CoarseStep), .. Dense(-10, 10), .. Extremes],
            };
            var values = new VectorMathValues(function, arguments);
            Widths.Run(width, values);
            Bits.AssertEqual(Values(function, arguments), values.Values, $"{function}, {width}");
        }
    }

    /// <summary>The values with 128-bit vectors, which every machine has.</summary>
    private static float[] Values(VectorFunction function, float[] arguments)
    {
        var values = new VectorMathValues(function, arguments);
        Widths.Run(VectorWidth.Bits128, values);
        return values.Values;
    }

    /// <summary>Floats of a range, the denser the smaller they are.</summary>
    private static float[] Sweep(float minimum, float maximum, uint step = Step)
    {
        var floats = new List<float> { minimum, maximum };
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)bits);
            if (value >= minimum && value <= maximum) floats.Add(value);
        }

        return [.. floats];
    }

    /// <summary>Floats of a range, evenly spread.</summary>
    private static float[] Dense(float minimum, float maximum) =>
        [.. Enumerable.Range(0, EvenSteps + 1).Select(i => minimum + (maximum - minimum) * i / EvenSteps)];

    private void AssertRelativeError(VectorFunction function, float[] arguments, Func<double, double> reference, double bound)
    {
        float[] values = Values(function, arguments);
        double worst = 0;
        float at = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            double expected = reference(arguments[i]);
            double error = expected == values[i] ? 0 : Math.Abs(values[i] - expected) / Math.Abs(expected);
            if (error <= worst) continue;
            worst = error;
            at = arguments[i];
        }

        TestContext.WriteLine($"{arguments.Length} arguments, largest relative error {worst:E2} at {at:R}");
        Assert.IsLessThan(bound, worst, $"{function}({at:R}) has the largest error");
    }
}
