using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class UpdateKernelTests
{
    // A piece of work is 4096 floats of rows: less than one, exactly one, and several with a short last one; as many whole rows as fit, and one row that is longer.
    private static readonly (int Length, int Row)[] Sizes = [(16, 16), (48, 16), (4080, 16), (4096, 16), (4112, 16), (20_000, 16), (112 * 100, 112), (5008 * 3, 5008)];

    // Of panels it is 85 inputs: fewer, as many, and several pieces with a short last one; one panel, and several with a narrow last one.
    private static readonly PanelLayout[] Layouts = [new(1, 1), new(84, 48), new(85, 20), new(86, 40), new(170, 48), new(400, 100), new(85, 112), new(3, 1008)];

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public unsafe void Every_weight_is_updated_once_with_its_own_gradient_and_slots(int threads)
    {
        using var team = new ThreadTeam(threads);
        foreach ((int length, int row) in Sizes)
        {
            for (int slotCount = 0; slotCount <= 3; slotCount++)
            {
                GuardedBuffer weights = GuardedBuffer.Of(Samples.Create(length, seed: 1)), gradients = GuardedBuffer.Of(Samples.Create(length, seed: 2));
                AlignedBuffer[] slots = [.. Enumerable.Range(0, slotCount).Select(_ => new AlignedBuffer(length))];
                float[] before = weights.Span.ToArray();
                UpdateKernel.RunRows(length / row, row, gradients.Pointer, new UpdateInPlace<CountingRule>(weights.Pointer, slots, new CountingRule()), team);

                weights.AssertIntact($"{length} weights");
                for (int i = 0; i < length; i++)
                    Assert.AreEqual(before[i] + gradients.Span[i], weights.Span[i], $"{length} weights, weight {i}");
                for (int slot = 0; slot < slotCount; slot++)
                    Assert.IsFalse(slots[slot].Span.ContainsAnyExcept(slot + 1f), $"{length} weights, slot {slot}");
            }
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public unsafe void Every_weight_of_a_layer_is_updated_once_by_its_rule_and_every_bias_by_its_own(int threads)
    {
        using var team = new ThreadTeam(threads);
        foreach (PanelLayout layout in Layouts)
        {
            int length = (int)layout.Length, padded = Padding.RoundUp(layout.Inputs);
            string name = $"{layout.Inputs} inputs, {layout.Outputs} outputs";
            GuardedBuffer weights = GuardedBuffer.Of(Samples.Create(length, seed: 1)), gradients = GuardedBuffer.Of(Samples.Create(length, seed: 2));
            GuardedBuffer products = new(padded * layout.Count, fill: float.NaN);
            float[] before = weights.Span.ToArray();
            AlignedBuffer slot = new(length);
            var update = new UpdateInPlace<CountingRule>(layout, weights.Pointer, [slot], new CountingRule(), new CountingRule().WithRate(3), products.Pointer);
            UpdateKernel.RunPanels(layout, gradients.Pointer, update, team);

            weights.AssertIntact(name);
            products.AssertIntact(name);
            Assert.IsFalse(slot.Span[..length].ContainsAnyExcept(1f), name);
            for (int panel = 0; panel < layout.Count; panel++)
            {
                for (int input = 0; input <= layout.Inputs; input++)
                {
                    double product = 0;
                    for (int output = 0; output < layout.Width(panel); output++)
                    {
                        int i = layout.Offset(panel) + input * layout.Width(panel) + output;
                        Assert.AreEqual(before[i] + (input == layout.Inputs ? 3 : 1) * gradients.Span[i], weights.Span[i], $"{name}, panel {panel}, input {input}, output {output}");
                        product += (double)before[i] * gradients.Span[i];
                    }

                    if (input < layout.Inputs) Assert.AreEqual(product, products.Span[panel * padded + input], 1e-4, $"{name}, panel {panel}, product of input {input}");
                }
            }
        }
    }

    [TestMethod]
    [EveryWidth]
    public void Every_rule_gives_the_same_bits_at_every_width(VectorWidth width)
    {
        var adam = new AdamRule(0.9f, 0.999f, 1e-8f, step: 0.01f, keep: 0.999f);
        Compare(width, new SgdOptimizer.Rule { LearningRate = 0.1f });
        Compare(width, new SgdOptimizer.Rule { LearningRate = 0.1f, Momentum = 0.9f });
        Compare(width, new SgdOptimizer.Rule { LearningRate = 0.1f, Momentum = 0.9f, Nesterov = true });
        Compare(width, adam);
        Compare(width, new AmsGradRule(adam));
        Compare(width, new AdaGradOptimizer.Rule { LearningRate = 0.1f, Epsilon = 1e-8f });
        Compare(width, new RmsPropOptimizer.Rule { LearningRate = 0.1f, Decay = 0.9f, Epsilon = 1e-8f });
        Compare(width, new AdaDeltaOptimizer.Rule { LearningRate = 1, Decay = 0.9f, Epsilon = 1e-6f });
    }

    private static void Compare<TRule>(VectorWidth width, TRule rule)
        where TRule : unmanaged, IUpdateRule
    {
        Steps<TRule> expected = new(rule), actual = new(rule);
        Widths.Run(VectorWidth.Bits128, expected);
        Widths.Run(width, actual);
        Bits.AssertEqual(expected.Weights, actual.Weights, $"{typeof(TRule).Name}, {width}");
    }

    /// <summary>weight += rate gradient; the slots count 1, 2 and 3.</summary>
    private readonly struct CountingRule : IUpdateRule<CountingRule>
    {
        private readonly float _rate = 1;

        public CountingRule()
        {
        }

        private CountingRule(float rate)
        {
            _rate = rate;
        }

        public CountingRule WithRate(double factor) => new((float)(_rate * factor));

        void IUpdateRule.Update<V>(ref V weight, V gradient, ref V slot0, ref V slot1, ref V slot2)
        {
            weight += gradient * _rate;
            slot0 += 1;
            slot1 += 2;
            slot2 += 3;
        }

        public IdleStep Idle => IdleStep.Nothing;

        V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V slot0, V slot1, V slot2) => weight;
    }

    /// <summary>Five steps of a rule with changing gradients.</summary>
    private sealed unsafe class Steps<TRule>(TRule rule) : IKernel
        where TRule : unmanaged, IUpdateRule
    {
        private const int Length = 256;

        public float[] Weights { get; private set; } = [];

        public void Run<V>()
            where V : struct, IFloats<V>
        {
            GuardedBuffer weights = GuardedBuffer.Of(Samples.Create(Length, seed: 3));
            AlignedBuffer[] slots = [new(Length), new(Length), new(Length)];
            var update = new UpdateInPlace<TRule>(weights.Pointer, slots, rule);
            for (int step = 0; step < 5; step++)
            {
                GuardedBuffer gradients = GuardedBuffer.Of(Samples.Create(Length, seed: 10 + step));
                update.Take<V>(0, Length, gradients.Pointer, isShared: step % 2 == 1);
                GC.KeepAlive(gradients);
            }

            Weights = [.. weights.Span, .. slots[0].Span, .. slots[1].Span, .. slots[2].Span];
        }
    }
}
