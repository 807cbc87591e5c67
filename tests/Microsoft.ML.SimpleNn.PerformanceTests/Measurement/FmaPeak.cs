using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    private static int Width => Simd.Is512 ? Simd512.Count : Simd.Is256 ? Simd256.Count : Simd128.Count;

    private void Run(int pieces) => ThreadTeam.For(_team, pieces, long.MaxValue, default(Piece));

    private readonly struct Piece : IParallelBody
    {
        public void Run(int index)
        {
            if (Simd.Is512) MultiplyAdd<Simd512, Vector512<float>>();
            else if (Simd.Is256) MultiplyAdd<Simd256, Vector256<float>>();
            else MultiplyAdd<Simd128, Vector128<float>>();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static unsafe void MultiplyAdd<TSimd, V>()
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            V a = TSimd.Broadcast(0.5f), b = TSimd.Broadcast(1f);
            V s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
            for (int step = 0; step < Steps; step++)
            {
                s0 = TSimd.MultiplyAdd(a, s0, b);
                s1 = TSimd.MultiplyAdd(a, s1, b);
                s2 = TSimd.MultiplyAdd(a, s2, b);
                s3 = TSimd.MultiplyAdd(a, s3, b);
                s4 = TSimd.MultiplyAdd(a, s4, b);
                s5 = TSimd.MultiplyAdd(a, s5, b);
                s6 = TSimd.MultiplyAdd(a, s6, b);
                s7 = TSimd.MultiplyAdd(a, s7, b);
                s8 = TSimd.MultiplyAdd(a, s8, b);
                s9 = TSimd.MultiplyAdd(a, s9, b);
                s10 = TSimd.MultiplyAdd(a, s10, b);
                s11 = TSimd.MultiplyAdd(a, s11, b);
            }

            // Stored, so that the compiler cannot leave the loop out.
            V sum = TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7)));
            float* sink = stackalloc float[Padding.Lanes];
            TSimd.Store(TSimd.Add(sum, TSimd.Add(TSimd.Add(s8, s9), TSimd.Add(s10, s11))), sink);
        }
    }
}
