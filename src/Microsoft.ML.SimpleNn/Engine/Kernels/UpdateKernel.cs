using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an optimizer's rule over a layer's parameters, from a gradient that is stored.</summary>
internal static unsafe class UpdateKernel
{
    /// <summary>Floats in a piece of work: 16 KB each of weights, gradients and slots.</summary>
    private const int PieceLength = 4096;

    /// <summary>weights, slots = rule(weights, gradients, slots).</summary>
    /// <param name="length">The floats: a multiple of 16.</param>
    /// <param name="gradients">The parameters' gradients, laid out alike.</param>
    /// <param name="update">The parameters, the slots and the rule.</param>
    /// <param name="team">The threads.</param>
    public static void Run<TRule>(int length, float* gradients, UpdateInPlace<TRule> update, ThreadTeam? team)
        where TRule : unmanaged, IUpdateRule =>
        ThreadTeam.For(team, (length + PieceLength - 1) / PieceLength, 4L * length, new Body<TRule> { Length = length, Gradients = gradients, Update = update });

    /// <summary>The update of one layer, in pieces.</summary>
    private struct Body<TRule> : IParallelBody
        where TRule : unmanaged, IUpdateRule
    {
        public int Length;
        public float* Gradients;
        public UpdateInPlace<TRule> Update;

        public readonly void Run(int index)
        {
            int first = index * PieceLength, count = Math.Min(PieceLength, Length - first);
            if (Simd.Is512) Update.Take<Simd512, Vector512<float>>(first, count, Gradients + first);
            else if (Simd.Is256) Update.Take<Simd256, Vector256<float>>(first, count, Gradients + first);
            else Update.Take<Simd128, Vector128<float>>(first, count, Gradients + first);
        }
    }
}
