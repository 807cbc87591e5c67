using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Gives features the steps that they have missed, each by its own number of them: one piece of work is a block of features.</summary>
internal unsafe struct CatchUpKernel<TRule> : IParallelBody
    where TRule : unmanaged, IUpdateRule
{
    private const int FeatureBlock = 64;

    /// <summary>The layer's parameters and slots.</summary>
    public LayerState State;

    /// <summary>The features to catch up; null for all, from 0.</summary>
    public int* Features;

    /// <summary>Their number.</summary>
    public int Count;

    /// <summary>The rule.</summary>
    public TRule Rule;

    /// <summary>What the last steps would have done.</summary>
    public MissedSteps.View Missed;

    /// <summary>The step up to which each of the layer's features has been updated; set to <see cref="Step"/>.</summary>
    public int* LastSteps;

    /// <summary>The last step.</summary>
    public int Step;

    /// <summary>Catches up with all of the features.</summary>
    public readonly void Run(ThreadTeam? team) =>
        ThreadTeam.For(team, (Count + FeatureBlock - 1) / FeatureBlock, 4L * Count * State.Layout.PaddedOutputs, this);

    /// <inheritdoc/>
    public readonly void Run(int index)
    {
        int first = index * FeatureBlock, end = Math.Min(Count, first + FeatureBlock);
        if (Simd.Is512) CatchUp<Simd512, Vector512<float>>(first, end);
        else if (Simd.Is256) CatchUp<Simd256, Vector256<float>>(first, end);
        else CatchUp<Simd128, Vector128<float>>(first, end);
    }

    /// <summary>Catches up with the features from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void CatchUp<TSimd, V>(int first, int end)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        TRule rule = Rule;
        float* slot0 = State.Slot0, slot1 = State.Slot1, slot2 = State.Slot2;
        for (int j = first; j < end; j++)
        {
            int feature = Features == null ? j : Features[j], last = LastSteps[feature];
            if (last == Step) continue;
            LastSteps[feature] = Step;
            MissedSteps.Effect missed = Missed.Since(last);
            for (int panel = 0; panel < State.Layout.Count; panel++)
            {
                int width = State.Layout.Width(panel);
                nint at = State.Layout.Offset(panel) + (nint)feature * width, endOfRow = at + width;
                for (; at < endOfRow; at += TSimd.Count)
                {
                    V weight = TSimd.Load(State.Weights + at);
                    V s0 = slot0 != null ? TSimd.Load(slot0 + at) : default;
                    V s1 = slot1 != null ? TSimd.Load(slot1 + at) : default;
                    V s2 = slot2 != null ? TSimd.Load(slot2 + at) : default;
                    rule.CatchUp<TSimd, V>(missed, ref weight, ref s0, ref s1, ref s2);
                    TSimd.Store(weight, State.Weights + at);
                    if (slot0 != null) TSimd.Store(s0, slot0 + at);
                    if (slot1 != null) TSimd.Store(s1, slot1 + at);
                    if (slot2 != null) TSimd.Store(s2, slot2 + at);
                }
            }
        }
    }
}
