using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Sums of squares in double precision, in one order on any number of threads and at any vector width.</summary>
/// <remarks>
/// 16 lanes of doubles are two 512-bit vectors; where the processor has narrower ones the runtime computes the same lanes with several. The squares
/// of floats are exact in double precision, so only the additions round.
/// </remarks>
internal static unsafe class NormKernel
{
    /// <summary>Floats that are summed by themselves, and in parallel.</summary>
    private const int PieceLength = 4096;

    /// <summary>The pieces of a buffer of this length.</summary>
    public static int PieceCount(int length) => (length + PieceLength - 1) / PieceLength;

    /// <summary>The sum of squares of each piece of a buffer.</summary>
    /// <param name="values">The buffer.</param>
    /// <param name="length">Its floats: a multiple of 16.</param>
    /// <param name="sums">[<see cref="PieceCount"/>], written.</param>
    /// <param name="team">The threads.</param>
    public static void SumsOfSquares(float* values, int length, double* sums, ThreadTeam? team) =>
        ThreadTeam.For(team, PieceCount(length), 8L * length, new SumBody { Values = values, Length = length, Sums = sums });

    /// <summary>values = factor values.</summary>
    /// <param name="values">The buffer.</param>
    /// <param name="length">Its floats: a multiple of 16.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="team">The threads.</param>
    public static void Scale(float* values, int length, float factor, ThreadTeam? team) =>
        ThreadTeam.ForVectors(team, PieceCount(length), 8L * length, new ScaleBody { Values = values, Length = length, Factor = factor });

    /// <summary>The sum of squares of <paramref name="count"/> floats, a multiple of 16: 16 lanes in ascending order, then the lanes in halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* values, int count)
    {
        Vector512<double> low = default, high = default;
        for (int i = 0; i < count; i += Padding.Lanes) AddSquares(values + i, ref low, ref high);
        low += high;
        double* lanes = stackalloc double[Padding.Lanes / 2];
        low.Store(lanes);
        for (int half = Padding.Lanes / 4; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }

    /// <summary>Adds the squares of 16 floats to 16 lanes of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquares(float* values, ref Vector512<double> low, ref Vector512<double> high)
    {
        (Vector512<double> first, Vector512<double> second) = Vector512.Widen(Vector512.Load(values));
        low += first * first;
        high += second * second;
    }

    private struct SumBody : IParallelBody
    {
        public float* Values;
        public int Length;
        public double* Sums;

        public readonly void Run(int index)
        {
            int first = index * PieceLength;
            Sums[index] = SumOfSquares(Values + first, Math.Min(PieceLength, Length - first));
        }
    }

    private struct ScaleBody : IVectorBody
    {
        public float* Values;
        public int Length;
        public float Factor;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        readonly void IVectorBody.Run<V>(int index)
        {
            int first = index * PieceLength, end = Math.Min(Length, first + PieceLength);
            for (int i = first; i < end; i += V.Count) (V.Load(Values + i) * Factor).Store(Values + i);
        }
    }
}
