using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// How long a thread takes to write cache lines that another one has read. It tells how far the cores are from each other, which on a virtual machine changes
/// while a program runs: the processor asks the other core to give up its copy of each line.
/// </summary>
internal sealed unsafe class SharedWrites : IDisposable
{
    private const int LinesPerThread = 2048;
    private const int FloatsPerLine = Padding.Lanes;
    private const int Repetitions = 15;
    private readonly ThreadTeam _team;
    private readonly AlignedBuffer _lines;

    /// <summary>Prepares to measure.</summary>
    /// <param name="threads">The threads, 2 or more; not more than there are cores.</param>
    public SharedWrites(int threads)
    {
        _team = new ThreadTeam(threads);
        _lines = new AlignedBuffer(threads * LinesPerThread * FloatsPerLine);
    }

    /// <summary>Measures.</summary>
    /// <returns>Seconds for a line, the median of some repetitions.</returns>
    public double Measure()
    {
        var seconds = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            Run(piecesFurther: 1, write: false);
            long start = Stopwatch.GetTimestamp();
            Run(piecesFurther: 0, write: true);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds / LinesPerThread;
        }

        return Statistics.Median(seconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void Run(int piecesFurther, bool write)
    {
        int missing = _team.Count;
        ThreadTeam.For(_team, _team.Count, long.MaxValue, new Lines(_lines.Pointer, _team.Count, piecesFurther, write, &missing));
    }

    /// <summary>A piece for each thread, which waits until each is in one; so they take the same pieces each time.</summary>
    private readonly struct Lines(float* lines, int pieces, int piecesFurther, bool write, int* missing) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            Interlocked.Decrement(ref *missing);
            while (Volatile.Read(ref *missing) > 0) Thread.SpinWait(1);
            float* line = lines + (nint)((index + piecesFurther) % pieces) * LinesPerThread * FloatsPerLine;
            float sum = 0;
            for (int i = 0; i < LinesPerThread; i++, line += FloatsPerLine)
            {
                if (write) *line = i;
                else sum += *line;
            }

            if (!write) Volatile.Write(ref line[-1], sum); // so that the compiler cannot leave the loop out
        }
    }
}
