using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Holds numbers between bounds of their own.</summary>
internal static unsafe class ClampKernel
{
    /// <summary>Numbers in a piece of work: 48 KB of them and of each of the bounds.</summary>
    private const int Block = 12_288;

    /// <summary>x = min(max(x, lower), upper); NaN stays.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="lower">The least of each.</param>
    /// <param name="upper">The most of each.</param>
    /// <param name="count">How many, a multiple of 16.</param>
    /// <param name="team">The threads.</param>
    public static void Run(float* x, float* lower, float* upper, long count, ThreadTeam? team) =>
        ThreadTeam.ForVectors(team, (int)((count + Block - 1) / Block), 8 * count, new Body { X = x, Lower = lower, Upper = upper, Count = count });

    private struct Body : IVectorBody
    {
        public float* X;
        public float* Lower;
        public float* Upper;
        public long Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        readonly void IVectorBody.Run<V>(int index)
        {
            long first = (long)index * Block, end = Math.Min(Count, first + Block);
            for (long i = first; i < end; i += V.Count)
            {
                V x = V.Load(X + i), lower = V.Load(Lower + i), upper = V.Load(Upper + i);
                x = V.IfLess(x, lower, lower, x);
                V.IfLess(upper, x, upper, x).Store(X + i);
            }
        }
    }
}
