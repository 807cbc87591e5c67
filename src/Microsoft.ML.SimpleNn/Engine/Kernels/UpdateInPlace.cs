using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>An optimizer's rule on a layer's parameters: each tile of the gradient, still in the first-level cache, becomes a step of its weights.</summary>
/// <typeparam name="TRule">The rule; the loop is compiled around it.</typeparam>
internal readonly unsafe struct UpdateInPlace<TRule> : IGradientTarget
    where TRule : unmanaged, IUpdateRule
{
    private readonly float* _weights;
    private readonly float* _slot0;
    private readonly float* _slot1;
    private readonly float* _slot2;
    private readonly TRule _rule;

    /// <summary>Prepares a step.</summary>
    /// <param name="weights">The parameters.</param>
    /// <param name="slots">What the rule remembers, laid out alike.</param>
    /// <param name="rule">The rule.</param>
    public UpdateInPlace(float* weights, AlignedBuffer[] slots, TRule rule)
    {
        _weights = weights;
        _slot0 = slots.Length > 0 ? slots[0].Pointer : null;
        _slot1 = slots.Length > 1 ? slots[1].Pointer : null;
        _slot2 = slots.Length > 2 ? slots[2].Pointer : null;
        _rule = rule;
    }

    /// <summary>While the tile is computed, the parameters and slots that it will change come nearer: the hardware sees no pattern in ranges so short.</summary>
    public float* Place(int first, int count, float* scratch)
    {
        Prefetch.Floats(_weights + first, count);
        if (_slot0 != null) Prefetch.Floats(_slot0 + first, count);
        if (_slot1 != null) Prefetch.Floats(_slot1 + first, count);
        if (_slot2 != null) Prefetch.Floats(_slot2 + first, count);
        return scratch;
    }

    /// <summary>weights, slots = rule(weights, gradient, slots).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take<TSimd, V>(int first, int count, float* gradient, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        float* w = _weights + first, slot0 = _slot0 + first, slot1 = _slot1 + first, slot2 = _slot2 + first;
        bool has0 = _slot0 != null, has1 = _slot1 != null, has2 = _slot2 != null;
        TRule rule = _rule;
        for (nint i = 0; i < count; i += TSimd.Count)
        {
            V weight = TSimd.Load(w + i);
            V s0 = has0 ? TSimd.Load(slot0 + i) : default;
            V s1 = has1 ? TSimd.Load(slot1 + i) : default;
            V s2 = has2 ? TSimd.Load(slot2 + i) : default;
            rule.Update<TSimd, V>(ref weight, TSimd.Load(gradient + i), ref s0, ref s1, ref s2);
            if (isShared) TSimd.StoreNonTemporal(weight, w + i);
            else TSimd.Store(weight, w + i);
            if (has0) TSimd.Store(s0, slot0 + i);
            if (has1) TSimd.Store(s1, slot1 + i);
            if (has2) TSimd.Store(s2, slot2 + i);
        }
    }
}
