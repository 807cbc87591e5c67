using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an optimizer's rule over the parameters of the features that occur in a minibatch: one piece of work is a block of them.</summary>
internal unsafe struct SparseUpdateKernel<TRule> : IParallelBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 64;

    /// <summary>The layer's parameters and slots.</summary>
    public LayerState State;

    /// <summary>The features that occur.</summary>
    public int* Features;

    /// <summary>Their number.</summary>
    public int Count;

    /// <summary>Their gradients [count x padded outputs].</summary>
    public float* Gradients;

    /// <summary>The rule.</summary>
    public TRule Rule;

    /// <summary>The step up to which each of the layer's features has been updated; set to <see cref="Step"/>.</summary>
    public int* LastSteps;

    /// <summary>The step that this is.</summary>
    public int Step;

    /// <summary>Updates all.</summary>
    public readonly void Run(ThreadTeam? team) =>
        ThreadTeam.For(team, (Count + FeatureBlock - 1) / FeatureBlock, 4L * Count * State.Layout.PaddedOutputs, this);

    /// <inheritdoc/>
    public readonly void Run(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(Count, first + FeatureBlock);
        if (Simd.Is512) Update<Simd512, Vector512<float>>(first, end);
        else if (Simd.Is256) Update<Simd256, Vector256<float>>(first, end);
        else Update<Simd128, Vector128<float>>(first, end);
    }

    /// <summary>Updates the features from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Update<TSimd, V>(int first, int end)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        TRule rule = Rule;
        float* slot0 = State.Slot0, slot1 = State.Slot1, slot2 = State.Slot2;
        for (int j = first; j < end; j++)
        {
            float* g = Gradients + (nint)j * State.Layout.PaddedOutputs;
            for (int panel = 0; panel < State.Layout.Count; panel++)
            {
                int width = State.Layout.Width(panel);
                nint at = State.Layout.Offset(panel) + (nint)Features[j] * width, endOfRow = at + width;
                for (; at < endOfRow; at += TSimd.Count, g += TSimd.Count)
                {
                    V weight = TSimd.Load(State.Weights + at);
                    V s0 = slot0 != null ? TSimd.Load(slot0 + at) : default;
                    V s1 = slot1 != null ? TSimd.Load(slot1 + at) : default;
                    V s2 = slot2 != null ? TSimd.Load(slot2 + at) : default;
                    rule.Update<TSimd, V>(ref weight, TSimd.Load(g), ref s0, ref s1, ref s2);
                    TSimd.Store(weight, State.Weights + at);
                    if (slot0 != null) TSimd.Store(s0, slot0 + at);
                    if (slot1 != null) TSimd.Store(s1, slot1 + at);
                    if (slot2 != null) TSimd.Store(s2, slot2 + at);
                }
            }

            LastSteps[Features[j]] = Step;
        }
    }
}
