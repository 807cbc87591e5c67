using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Each activation and its derivative over a block of a matrix, against the formulas in double precision.</summary>
[TestClass]
public sealed class ActivationKernelsTests
{
    private const int Rows = 7;
    private const int Width = 48;
    private const int Stride = 80;

    // -16.8 to 16.8 in steps of 0.1, none of them at a bend.
    private static readonly float[] Arguments = [.. Enumerable.Range(0, Rows * Width).Select(i => 0.1f * i - 16.77f)];

    [TestMethod]
    [EveryActivation]
    public void Values_and_derivatives_are_those_of_the_formula(Activation activation)
    {
        var block = new Block(activation, Arguments);
        Widths.Run(VectorWidth.Bits128, block);

        for (int i = 0; i < Arguments.Length; i++)
        {
            double u = Arguments[i];
            Assert.AreEqual(DoubleActivation.Value(activation, u), block.Values[i], 4e-7 * Math.Max(1, Math.Abs(u)), $"f({u})");
            Assert.AreEqual(DoubleActivation.Derivative(activation, u), block.Derivatives[i], 1e-6, $"f'({u})");
        }
    }

    [TestMethod]
    [EveryWidth]
    public void Every_width_gives_the_same_bits(VectorWidth width)
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            Block expected = new(activation, Arguments), actual = new(activation, Arguments);
            Widths.Run(VectorWidth.Bits128, expected);
            Widths.Run(width, actual);
            Bits.AssertEqual(expected.Values, actual.Values, $"{activation}");
            Bits.AssertEqual(expected.Derivatives, actual.Derivatives, $"derivative of {activation}");
        }
    }

    [TestMethod]
    [EveryActivation]
    public void Extreme_arguments_give_no_NaN(Activation activation)
    {
        float[] extremes = Samples.Pad([-1e30f, -1e4f, -100f, -88f, -0f, 0f, float.Epsilon, 88f, 100f, 1e4f, 1e30f], 11, Width * Rows, 1, padding: 0);
        var block = new Block(activation, extremes);
        Widths.Run(VectorWidth.Bits128, block);

        for (int i = 0; i < 11; i++)
        {
            Assert.IsTrue(float.IsFinite(block.Values[i]), $"f({extremes[i]}) = {block.Values[i]}");
            Assert.IsTrue(float.IsFinite(block.Derivatives[i]), $"f'({extremes[i]}) = {block.Derivatives[i]}");
        }
    }

    [TestMethod]
    [EveryActivation]
    public void NaN_stays_NaN(Activation activation)
    {
        float[] arguments = new float[Rows * Width];
        arguments[5] = float.NaN;
        var block = new Block(activation, arguments);
        Widths.Run(VectorWidth.Bits128, block);

        Assert.IsTrue(float.IsNaN(block.Values[5]));
        Assert.IsFalse(float.IsNaN(block.Values[4]));
    }

    [TestMethod]
    [EveryActivation]
    public void Apply_gives_the_same_values_for_any_count(Activation activation)
    {
        var block = new Block(activation, Arguments);
        Widths.Run(VectorWidth.Bits128, block);

        for (int count = 0; count <= 40; count++)
            Bits.AssertEqual(block.Values.AsSpan(0, count), activation.Apply(Arguments.AsSpan(0, count)), $"{count} values");
    }

    /// <summary>Runs the kernels over a block inside a wider matrix, which must stay as it is outside the block.</summary>
    private sealed unsafe class Block(Activation activation, float[] arguments) : IKernel
    {
        private const float Outside = 5;

        public float[] Values { get; private set; } = [];

        public float[] Derivatives { get; private set; } = [];

        public void Run<V>()
            where V : struct, IFloats<V>
        {
            GuardedBuffer y = GuardedBuffer.Of(Samples.Pad(arguments, Width, Stride, Rows, Outside));
            var u = new GuardedBuffer(Rows * Stride, fill: Outside);
            GuardedBuffer delta = GuardedBuffer.Of(Samples.Pad(new float[Rows * Width], Width, Stride, Rows, Outside));
            for (int row = 0; row < Rows; row++) delta.Span.Slice(row * Stride, Width).Fill(1);

            var outputs = new LayerOutputs(activation, u.Pointer, y.Pointer);
            ActivationKernels<V>.Forward(outputs, new(y.Pointer, Rows, Stride), Width);
            ActivationKernels<V>.Backward(outputs, new(delta.Pointer, Rows, Stride), Width);

            Values = Samples.Compact(y.Span, Rows, Width, Stride);
            Derivatives = Samples.Compact(delta.Span, Rows, Width, Stride);
            foreach (GuardedBuffer buffer in new[] { y, u, delta })
            {
                buffer.AssertIntact(activation.ToString());
                for (int row = 0; row < Rows; row++)
                    Assert.IsFalse(buffer.Span.Slice(row * Stride + Width, Stride - Width).ContainsAnyExcept(Outside), $"{activation}: written beside the block");
            }
        }
    }
}
