using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class PenaltyKernelTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_gradient_grows_by_sign_and_weight_rounded_twice(VectorWidth width) => Widths.Run(width, new Penalty());

    [TestMethod]
    [DataRow(1, 1, false)]
    [DataRow(3, 17, true)]
    [DataRow(127, 50, false)]
    [DataRow(128, 96, true)]
    [DataRow(300, 49, false)]
    public unsafe void The_weights_of_a_layer_count_and_its_biases_only_if_asked(int inputs, int outputs, bool includesBiases)
    {
        var layout = new PanelLayout(inputs, outputs);
        GuardedBuffer w = new((int)layout.Length), gradient = new((int)layout.Length);
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input <= inputs; input++) w.Span[layout.IndexOf(input, output)] = input + 1;
        }

        using var team = new ThreadTeam(2);
        PenaltyKernel.Run(layout, w.Pointer, gradient.Pointer, new PenaltyKernel.Coefficients(L1: 0, L2: 2), includesBiases, team);

        float[] expected = Array.ConvertAll(w.Span.ToArray(), weight => weight == inputs + 1 && !includesBiases ? 0 : 2 * weight);
        Bits.AssertEqual(expected, gradient.Span, "gradient");
        gradient.AssertIntact("gradient");
    }

    private sealed unsafe class Penalty : IKernel
    {
        private const int Count = 320;

        public void Run<V>()
            where V : struct, IFloats<V>
        {
            GuardedBuffer w = GuardedBuffer.Of(Samples.Create(Count, seed: 1)), gradient = GuardedBuffer.Of(Samples.Create(Count, seed: 2));
            float[] before = gradient.Span.ToArray();
            PenaltyKernel.Run<V>(w.Pointer, gradient.Pointer, Count, new PenaltyKernel.Coefficients(L1: 0.3f, L2: 0.7f));

            for (int i = 0; i < Count; i++)
            {
                float expected = MathF.FusedMultiplyAdd(0.7f, w.Span[i], before[i] + 0.3f * Math.Sign(w.Span[i]));
                Assert.AreEqual(expected, gradient.Span[i], $"weight {w.Span[i]:R}");
            }

            gradient.AssertIntact("gradient");
        }
    }
}
