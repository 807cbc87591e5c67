using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Bounds of the weights, within which no output can fall as a feature grows, or rise where that is asked for, whatever is learned (J. Sill 1998, Monotonic
/// Networks; D. Runje and S. Shankaranarayana 2023, Constrained Monotonic Neural Networks).
/// </summary>
/// <remarks>
/// <para>
/// Every unit has a role: what it computes rises with the monotone features (+1), falls with them (-1), or does not see them (0). Inputs have the direction
/// of their feature for a role, outputs rise. A weight has the sign of the product of the roles that it connects; it is 0 from a unit that sees monotone
/// features to one that does not, and free from one that does not. A falling unit is a rising one turned about both axes, -f(-u), so that with
/// ReLU there are convex and concave units, and layers of both bend in either way; and what does not see the monotone features learns of the others as in any
/// network.
/// </para>
/// <para>
/// It holds to the bit: rounding keeps the order of numbers, and so does each step of a chain of multiply-adds whose factors have one sign, and an activation
/// that only multiplies and compares (<see cref="Allows"/>). The bound of a number's input has a root and a quotient, which do not: such a feature is seen
/// without it (<see cref="InputStageRules"/>).
/// </para>
/// </remarks>
internal sealed unsafe class MonotoneConstraints
{
    /// <summary>The roles of units that see monotone features; that of the others is 0.</summary>
    private const int Rising = 1, Falling = -1;

    private readonly Network _network;
    private readonly int[] _ofInputs;
    private readonly (AlignedBuffer Lower, AlignedBuffer Upper)[] _bounds;

    /// <summary>Finds the bounds.</summary>
    /// <param name="network">The network, with its input stage.</param>
    /// <param name="directions">Of each feature, 1 where the outputs may not fall as it grows, -1 where they may not rise, 0 where they may do either.</param>
    public MonotoneConstraints(Network network, IReadOnlyList<int> directions)
    {
        _network = network;
        _ofInputs = network.InputStage?.FeatureOfInputs().Select((feature, input) => network.InputStage.IsMark(input) ? 0 : directions[feature]).ToArray()
            ?? [.. directions];
        _bounds = new (AlignedBuffer, AlignedBuffer)[network.Layers.Count];
        int[] roles = _ofInputs;
        bool hasFree = roles.Contains(0);
        for (int i = 0; i < _bounds.Length; i++)
        {
            int[] below = roles;
            roles = [.. Enumerable.Range(0, network.Layers[i].Outputs).Select(unit => i == _bounds.Length - 1 ? Rising : RoleOf(unit, hasFree))];
            _bounds[i] = BoundsOf(network.Layers[i].Layout, below, roles);
        }
    }

    /// <summary>Whether an activation keeps the order of all numbers, to the bit.</summary>
    public static bool Allows(Activation activation) => activation is Activation.Identity or Activation.ReLU or Activation.LeakyReLU;

    /// <summary>
    /// Turns weights that were just drawn into their bounds. The weights of a unit that now have one sign add up, where others cancel out, and become as much
    /// smaller as keeps its output the size that it had.
    /// </summary>
    public void Reflect()
    {
        for (int i = 0; i < _bounds.Length; i++)
        {
            PanelLayout layout = _network.Layers[i].Layout;
            Span<float> weights = _network.Layers[i].Parameters.Span, lower = _bounds[i].Lower.Span, upper = _bounds[i].Upper.Span;
            for (int unit = 0; unit < layout.Outputs; unit++)
            {
                int bound = 0;
                for (int input = 0; input < layout.Inputs; input++) bound += IsBound(lower, upper, layout.IndexOf(input, unit)) ? 1 : 0;
                float scale = 1 / MathF.Sqrt(Math.Max(1, bound));
                for (int input = 0; input < layout.Inputs; input++)
                {
                    int at = layout.IndexOf(input, unit);
                    if (!IsBound(lower, upper, at)) continue;
                    float weight = weights[at] * scale;
                    weights[at] = Math.Clamp(weight < lower[at] || weight > upper[at] ? -weight : weight, lower[at], upper[at]);
                }
            }
        }

        static bool IsBound(Span<float> lower, Span<float> upper, int at) => float.IsFinite(lower[at]) || float.IsFinite(upper[at]);
    }

    /// <summary>Brings weights, and the gains of inputs, that a step took beyond their bounds back to them.</summary>
    public void Apply(ThreadTeam? team)
    {
        for (int i = 0; i < _bounds.Length; i++)
        {
            AlignedBuffer weights = _network.Layers[i].Parameters;
            ClampKernel.Run(weights.Pointer, _bounds[i].Lower.Pointer, _bounds[i].Upper.Pointer, _network.Layers[i].Layout.Length, team);
        }

        if (_network.InputStage is not { } stage) return;
        for (int input = 0; input < _ofInputs.Length; input++)
        {
            if (_ofInputs[input] != 0 && stage.Gain.Span[input] < InputGains.SmallestGain) stage.SetGain(input, InputGains.SmallestGain);
        }
    }

    /// <summary>Half of the units do not see the monotone features, where there are others.</summary>
    private static int RoleOf(int unit, bool hasFree) => (unit % (hasFree ? 4 : 2)) switch
    {
        0 => Rising,
        1 => Falling,
        _ => 0,
    };

    private static (AlignedBuffer Lower, AlignedBuffer Upper) BoundsOf(PanelLayout layout, int[] below, int[] roles)
    {
        var (lower, upper) = (new AlignedBuffer(layout.Length), new AlignedBuffer(layout.Length));
        lower.Span.Fill(float.NegativeInfinity);
        upper.Span.Fill(float.PositiveInfinity);
        for (int unit = 0; unit < roles.Length; unit++)
        {
            for (int input = 0; input < below.Length; input++)
            {
                if (below[input] == 0) continue;
                int at = layout.IndexOf(input, unit), sign = below[input] * roles[unit];
                if (sign >= 0) lower.Span[at] = 0;
                if (sign <= 0) upper.Span[at] = 0;
            }
        }

        return (lower, upper);
    }
}
