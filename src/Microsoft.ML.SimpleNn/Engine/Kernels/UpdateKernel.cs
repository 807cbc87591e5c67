using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an optimizer's rule over a layer's parameters.</summary>
internal static unsafe class UpdateKernel
{
    /// <summary>Floats in a piece of work: 16 KB each of weights, gradients and slots.</summary>
    private const int PieceLength = 4096;

    /// <summary>weights, slots = rule(weights, gradients, slots).</summary>
    /// <param name="length">The floats: a multiple of 16.</param>
    /// <param name="weights">The parameters.</param>
    /// <param name="gradients">Their gradients, laid out alike.</param>
    /// <param name="slots">What the rule remembers, laid out alike.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="team">The threads.</param>
    public static void Run<TRule>(int length, float* weights, float* gradients, AlignedBuffer[] slots, TRule rule, ThreadTeam? team)
        where TRule : unmanaged, IUpdateRule
    {
        var body = new Body<TRule>
        {
            Length = length,
            Weights = weights,
            Gradients = gradients,
            Slot0 = slots.Length > 0 ? slots[0].Pointer : null,
            Slot1 = slots.Length > 1 ? slots[1].Pointer : null,
            Slot2 = slots.Length > 2 ? slots[2].Pointer : null,
            Rule = rule,
        };
        ThreadTeam.For(team, (length + PieceLength - 1) / PieceLength, 4L * length, body);
    }

    /// <summary>The update of one layer, in pieces.</summary>
    public struct Body<TRule> : IParallelBody
        where TRule : unmanaged, IUpdateRule
    {
        public int Length;
        public float* Weights;
        public float* Gradients;
        public float* Slot0;
        public float* Slot1;
        public float* Slot2;
        public TRule Rule;

        public readonly void Run(int index)
        {
            int first = index * PieceLength;
            int end = Math.Min(Length, first + PieceLength);
            if (Simd.Is512) Update<Simd512, Vector512<float>>(first, end);
            else if (Simd.Is256) Update<Simd256, Vector256<float>>(first, end);
            else Update<Simd128, Vector128<float>>(first, end);
        }

        /// <summary>Updates the floats from <paramref name="first"/> up to <paramref name="end"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Update<TSimd, V>(int first, int end)
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            float* w = Weights, g = Gradients, slot0 = Slot0, slot1 = Slot1, slot2 = Slot2;
            TRule rule = Rule;
            for (int i = first; i < end; i += TSimd.Count)
            {
                V weight = TSimd.Load(w + i);
                V s0 = slot0 != null ? TSimd.Load(slot0 + i) : default;
                V s1 = slot1 != null ? TSimd.Load(slot1 + i) : default;
                V s2 = slot2 != null ? TSimd.Load(slot2 + i) : default;
                rule.Update<TSimd, V>(ref weight, TSimd.Load(g + i), ref s0, ref s1, ref s2);
                TSimd.Store(weight, w + i);
                if (slot0 != null) TSimd.Store(s0, slot0 + i);
                if (slot1 != null) TSimd.Store(s1, slot1 + i);
                if (slot2 != null) TSimd.Store(s2, slot2 + i);
            }
        }
    }
}
