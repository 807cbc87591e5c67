using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Drops values at random. Whether a value is dropped is a hash of a key, its row and its column, so that a mask need not be stored: forward and
/// backward compute the same one, in any order. Whole-number arithmetic is exact, and so the width of a vector cannot be seen in the result.
/// </summary>
internal static unsafe class DropoutKernel
{
    private const uint Golden32 = 0x9E3779B9;
    private const ulong Golden64 = 0x9E3779B97F4A7C15;

    /// <summary>destination = source / (1 - rate) where a value is kept, 0 where it is dropped.</summary>
    /// <param name="key">What the mask depends on, beside row and column.</param>
    /// <param name="rate">The probability that a value is dropped, from 0 up to, but not including, 1.</param>
    /// <param name="source">[rows x width], without a gap between the rows.</param>
    /// <param name="destination">[rows x width]; may be the source.</param>
    /// <param name="team">The threads.</param>
    public static void Run(ulong key, float rate, MatrixView source, float* destination, ThreadTeam? team) =>
        ThreadTeam.For(team, source.Rows, 32L * source.Rows * source.Stride, new Body
        {
            Key = key,
            Threshold = Threshold(rate),
            Scale = 1 / (1 - rate),
            Source = source.Pointer,
            Destination = destination,
            Width = (int)source.Stride,
        });

    /// <summary>The same for rows of which only what is not zero is stored: a value is dropped as in the whole row.</summary>
    public static void RunSparse(ulong key, float rate, SparseRows rows, ThreadTeam? team) =>
        ThreadTeam.For(team, rows.Count, 64L * rows.ValueCount, new SparseBody
        {
            Key = key,
            Threshold = Threshold(rate),
            Scale = 1 / (1 - rate),
            Starts = rows.Starts,
            Features = rows.Features,
            Values = rows.Values,
        });

    /// <summary>The part of the hash that the values of a row share.</summary>
    public static uint RowKey(ulong key, int row) => (uint)(SplitMix64.Mix(key + (ulong)row * Golden64) >> 32);

    /// <summary>The hash of a value: every number as likely.</summary>
    public static uint Hash(uint rowKey, int column)
    {
        // The finaliser of A. Appleby's MurmurHash3, on a sequence that visits all numbers.
        uint h = rowKey + (uint)column * Golden32;
        h = (h ^ (h >> 16)) * 0x85EBCA6B;
        h = (h ^ (h >> 13)) * 0xC2B2AE35;
        return h ^ (h >> 16);
    }

    /// <summary>A value is dropped when its hash is below this.</summary>
    public static uint Threshold(float rate) => (uint)(rate * 4294967296.0);

    private struct SparseBody : IParallelBody
    {
        public ulong Key;
        public uint Threshold;
        public float Scale;
        public int* Starts;
        public int* Features;
        public float* Values;

        public readonly void Run(int row)
        {
            uint rowKey = RowKey(Key, row);
            for (int i = Starts[row]; i < Starts[row + 1]; i++) Values[i] = Hash(rowKey, Features[i]) >= Threshold ? Values[i] * Scale : 0;
        }
    }

    private struct Body : IParallelBody
    {
        public ulong Key;
        public uint Threshold;
        public float Scale;
        public float* Source;
        public float* Destination;
        public int Width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int row)
        {
            uint rowKey = RowKey(Key, row);
            float* source = Source + (nint)row * Width, destination = Destination + (nint)row * Width;
            var threshold = new Vector<uint>(Threshold);
            Vector<uint> first = new Vector<uint>(rowKey) + Vector<uint>.Indices * Golden32;
            int i = 0;
            for (; i <= Width - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                Vector<uint> h = first + new Vector<uint>((uint)i * Golden32);
                h = (h ^ (h >>> 16)) * 0x85EBCA6B;
                h = (h ^ (h >>> 13)) * 0xC2B2AE35;
                h ^= h >>> 16;
                Vector<float> kept = Vector.AsVectorSingle(Vector.GreaterThanOrEqual(h, threshold));
                Vector.Store(Vector.ConditionalSelect(kept, Vector.Load(source + i) * Scale, Vector<float>.Zero), destination + i);
            }

            for (; i < Width; i++) destination[i] = Hash(rowKey, i) >= Threshold ? source[i] * Scale : 0;
        }
    }
}
