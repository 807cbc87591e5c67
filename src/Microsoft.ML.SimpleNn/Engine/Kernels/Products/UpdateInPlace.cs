using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>An optimizer's rule on a layer's parameters: each tile of the gradient, still in the first-level cache, becomes a step of its weights.</summary>
/// <typeparam name="TRule">The rule; the loop is compiled around it.</typeparam>
internal readonly unsafe struct UpdateInPlace<TRule> : IGradientTarget
    where TRule : unmanaged, IUpdateRule
{
    private readonly PanelLayout _layout;
    private readonly float* _weights;
    private readonly float* _slot0;
    private readonly float* _slot1;
    private readonly float* _slot2;
    private readonly TRule _rule;
    private readonly TRule _biasRule;
    private readonly bool _hasBiases;
    private readonly float* _products;

    /// <summary>Prepares a step of numbers that are not a layer's.</summary>
    /// <param name="weights">The numbers.</param>
    /// <param name="slots">What the rule remembers, laid out alike.</param>
    /// <param name="rule">The rule.</param>
    public UpdateInPlace(float* weights, ReadOnlySpan<AlignedBuffer> slots, TRule rule)
    {
        _weights = weights;
        _slot0 = slots.Length > 0 ? slots[0].Pointer : null;
        _slot1 = slots.Length > 1 ? slots[1].Pointer : null;
        _slot2 = slots.Length > 2 ? slots[2].Pointer : null;
        _rule = rule;
    }

    /// <summary>Prepares a step of a layer.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="weights">The parameters.</param>
    /// <param name="slots">What the rule remembers, laid out alike.</param>
    /// <param name="rule">The rule for weights.</param>
    /// <param name="biasRule">The rule for biases.</param>
    /// <param name="products">
    /// Takes, for each panel and input, the sum over the panel's outputs of weight times gradient [panels x padded inputs]; null where nobody asks.
    /// </param>
    public UpdateInPlace(PanelLayout layout, float* weights, AlignedBuffer[] slots, TRule rule, TRule biasRule, float* products)
        : this(weights, slots, rule)
    {
        _layout = layout;
        _biasRule = biasRule;
        _hasBiases = true;
        _products = products;
    }

    /// <summary>
    /// While the tile is computed, the parameters and slots that it will change come nearer: the hardware sees no pattern in ranges so short.
    /// </summary>
    public float* Place(int first, int count, float* scratch)
    {
        Prefetch.Floats(_weights + first, count);
        if (_slot0 != null) Prefetch.Floats(_slot0 + first, count);
        if (_slot1 != null) Prefetch.Floats(_slot1 + first, count);
        if (_slot2 != null) Prefetch.Floats(_slot2 + first, count);
        return scratch;
    }

    /// <summary>weights, slots = rule(weights, gradient, slots). A range of a layer's panel has weights or biases, not both.</summary>
    public void Take<V>(int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>
    {
        TRule rule = _rule;
        if (_hasBiases)
        {
            int panel = first / (PanelLayout.FullWidth * (_layout.Inputs + 1)), width = _layout.Width(panel), input = (first - _layout.Offset(panel)) / width;
            if (input == _layout.Inputs) rule = _biasRule;
            else if (_products != null) Multiply<V>(_weights + first, gradient, width, count / width, Products(panel, input));
        }

        Update<V>(rule, first, count, gradient, isShared);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update<V>(TRule rule, int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>
    {
        float* w = _weights + first, slot0 = _slot0 + first, slot1 = _slot1 + first, slot2 = _slot2 + first;
        bool has0 = _slot0 != null, has1 = _slot1 != null, has2 = _slot2 != null;
        for (nint i = 0; i < count; i += V.Count)
        {
            V weight = V.Load(w + i);
            V s0 = has0 ? V.Load(slot0 + i) : default;
            V s1 = has1 ? V.Load(slot1 + i) : default;
            V s2 = has2 ? V.Load(slot2 + i) : default;
            rule.Update(ref weight, V.Load(gradient + i), ref s0, ref s1, ref s2);
            if (isShared) weight.StoreNonTemporal(w + i);
            else weight.Store(w + i);
            if (has0) s0.Store(slot0 + i);
            if (has1) s1.Store(slot1 + i);
            if (has2) s2.Store(slot2 + i);
        }
    }

    private float* Products(int panel, int input) => _products + (nint)panel * Padding.RoundUp(_layout.Inputs) + input;

    /// <summary>For each row of a tile [inputs x width], the sum of weight times gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<V>(float* weights, float* gradient, int width, int inputs, float* products)
        where V : struct, IFloats<V>
    {
        for (int input = 0; input < inputs; input++, weights += width, gradient += width) products[input] = Reduction.Product<V>(weights, gradient, width);
    }
}
