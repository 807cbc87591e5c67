using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// The rate at which the processor can do fused multiply-adds, on a number of threads at once: the limit of a matrix product. Measured
/// before and after each slice, it also tells whether another program was using the cores meanwhile.
/// </summary>
internal sealed class FmaPeak : IDisposable
{
    private const int Steps = 5000;

    /// <summary>Some 20 microseconds each, so that a thread that comes late still finds one.</summary>
    private const int PiecesPerThread = 16;

    /// <summary>Independent sums: enough to hide the latency of a multiply-add, few enough for 16 registers.</summary>
    private const int Chains = 12;

    /// <summary>A parked thread takes from a tenth of a millisecond to over half of one to come.</summary>
    public const double WakingSeconds = 0.0015;

    private readonly ThreadTeam _team;

    /// <summary>Prepares to measure.</summary>
    /// <param name="threads">The threads, 1 or more.</param>
    public FmaPeak(int threads)
    {
        _team = new ThreadTeam(threads);
    }

    /// <summary>The best rate measured so far, in GFLOP/s.</summary>
    public double Best { get; private set; }

    /// <summary>Measures.</summary>
    /// <returns>GFLOP/s, a multiply-add counted as two operations.</returns>
    public double Measure()
    {
        int pieces = _team.Count * PiecesPerThread;
        if (_team.Count > 1) for (long waking = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(waking).TotalSeconds < WakingSeconds;) Run(pieces);
        long start = Stopwatch.GetTimestamp();
        Run(pieces);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double rate = 2.0 * Width * Chains * Steps * pieces / seconds / 1e9;
        Best = Math.Max(Best, rate);
        return rate;
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private static int Width => Simd.Is512 ? Floats512.Count : Simd.Is256 ? Floats256.Count : Floats128.Count;

    private void Run(int pieces) => ThreadTeam.For(_team, pieces, long.MaxValue, default(Piece));

    private readonly struct Piece : IParallelBody
    {
        public void Run(int index)
        {
            if (Simd.Is512) MultiplyAdd<Floats512>();
            else if (Simd.Is256) MultiplyAdd<Floats256>();
            else MultiplyAdd<Floats128>();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static unsafe void MultiplyAdd<V>()
            where V : struct, IFloats<V>
        {
            V a = 0.5f, b = 1;
            V s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
            for (int step = 0; step < Steps; step++)
            {
                s0 = V.MultiplyAdd(a, s0, b);
                s1 = V.MultiplyAdd(a, s1, b);
                s2 = V.MultiplyAdd(a, s2, b);
                s3 = V.MultiplyAdd(a, s3, b);
                s4 = V.MultiplyAdd(a, s4, b);
                s5 = V.MultiplyAdd(a, s5, b);
                s6 = V.MultiplyAdd(a, s6, b);
                s7 = V.MultiplyAdd(a, s7, b);
                s8 = V.MultiplyAdd(a, s8, b);
                s9 = V.MultiplyAdd(a, s9, b);
                s10 = V.MultiplyAdd(a, s10, b);
                s11 = V.MultiplyAdd(a, s11, b);
            }

            // Stored, so that the compiler cannot leave the loop out.
            V sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
            float* sink = stackalloc float[Padding.Lanes];
            (sum + (s8 + s9 + (s10 + s11))).Store(sink);
        }
    }
}
