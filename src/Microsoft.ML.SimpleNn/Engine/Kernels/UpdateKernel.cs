using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an optimizer's rule over a layer's parameters, from a gradient that is stored.</summary>
internal static unsafe class UpdateKernel
{
    /// <summary>A rule takes about as long for a weight as so many multiply-adds of a product: what a <see cref="ThreadTeam"/> wants to know of a loop that runs one.</summary>
    public const long OperationsPerWeight = 32;

    /// <summary>About how many floats are in a piece of work: 16 KB each of weights, gradients and slots.</summary>
    private const int PieceLength = 4096;

    /// <summary>weights, slots = rule(weights, gradients, slots).</summary>
    /// <param name="length">The floats: whole rows.</param>
    /// <param name="row">What must not be divided among threads: a multiple of 16 floats.</param>
    /// <param name="gradients">The parameters' gradients, laid out alike.</param>
    /// <param name="update">The parameters, the slots and the rule.</param>
    /// <param name="team">The threads.</param>
    public static void Run<TUpdate>(int length, int row, float* gradients, TUpdate update, ThreadTeam? team)
        where TUpdate : unmanaged, IGradientTarget
    {
        int pieceLength = Math.Max(1, PieceLength / row) * row;
        var body = new Body<TUpdate> { Length = length, PieceLength = pieceLength, Gradients = gradients, Update = update };
        ThreadTeam.For(team, (int)(((long)length + pieceLength - 1) / pieceLength), OperationsPerWeight * length, body);
    }

    /// <summary>The update of one layer, in pieces.</summary>
    private struct Body<TUpdate> : IParallelBody
        where TUpdate : unmanaged, IGradientTarget
    {
        public int Length;
        public int PieceLength;
        public float* Gradients;
        public TUpdate Update;

        public readonly void Run(int index)
        {
            int first = index * PieceLength, count = Math.Min(PieceLength, Length - first);
            if (Simd.Is512) Update.Take<Simd512, Vector512<float>>(first, count, Gradients + first, isShared: false);
            else if (Simd.Is256) Update.Take<Simd256, Vector256<float>>(first, count, Gradients + first, isShared: false);
            else Update.Take<Simd128, Vector128<float>>(first, count, Gradients + first, isShared: false);
        }
    }
}
