using System.Runtime.InteropServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Gathers the rows of minibatches as distorted images: first the pixels as they are in the data are distorted, then the input stage makes inputs of them.
/// What happens to a row
/// is a hash of seed, epoch and the row's number, so that each epoch sees another picture, the same on any number of threads.
/// </summary>
internal sealed unsafe class DistortedImages : IDisposable
{
    /// <summary>About how many operations, as <see cref="ThreadTeam.For"/> counts them, it takes to distort a feature: 2.6 nanoseconds.</summary>
    private const long OperationsPerFeature = 160;

    private readonly ImageDistorter _distorter;
    private readonly ulong _key;
    private readonly Room?[] _rooms;
    private readonly int _features;
    private GCHandle _handle;
    private ExampleSet? _examples;
    private ulong _epochKey;
    private long _epoch;

    /// <summary>Makes room for the threads.</summary>
    /// <param name="settings">What may happen to an image.</param>
    /// <param name="shape">The images; as many numbers as a row has features.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="threads">The most threads that gather at a time.</param>
    public DistortedImages(ImageDistortion settings, ImageShape shape, int seed, int threads)
    {
        var random = new RandomSource(seed, RandomStream.Distortion);
        _distorter = new ImageDistorter(settings, shape, random.NextBits());
        _key = random.NextBits();
        _features = (int)shape.Length;
        _rooms = new Room?[threads];
        for (int i = 0; i < threads; i++) _rooms[i] = new Room(_distorter.CreateScratch(), _features);
        _handle = GCHandle.Alloc(this);
    }

    /// <summary>Begins an epoch, in which each row is distorted in another way.</summary>
    public void BeginEpoch() => _epochKey = SplitMix64.Mix(_key + (ulong)_epoch++);

    /// <summary>Writes the distorted images of rows into a minibatch, standardised.</summary>
    /// <param name="examples">The set, dense.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="firstRow">The number of the set's first row, where the set is a part of an epoch.</param>
    /// <param name="inputs">Makes inputs of the features; null leaves them.</param>
    /// <param name="batch">Takes them.</param>
    /// <param name="team">The threads.</param>
    public void Gather(ExampleSet examples, ReadOnlySpan<int> rows, long firstRow, InputStage? inputs, Minibatch batch, ThreadTeam team)
    {
        batch.UseDense();
        _examples = examples;
        fixed (int* pinned = rows)
        {
            ThreadTeam.For(team, rows.Length, OperationsPerFeature * rows.Length * _features, new GatherRows
            {
                Images = _handle,
                Rows = pinned,
                FirstRow = firstRow,
                HasStage = inputs != null,
                Stage = inputs == null ? default : inputs.View,
                Width = batch.FeaturesPerRow,
                Destination = batch.Features.Pointer,
                IsShared = batch.FeaturesAreShared,
            });
        }

        GC.KeepAlive(inputs);
        _examples = null;
    }

    /// <summary>Lets go of what the threads know it by.</summary>
    public void Dispose()
    {
        if (_handle.IsAllocated) _handle.Free();
    }

    /// <summary>Takes a room that no other thread is in: there are as many as threads. A piece of a loop does not know its thread.</summary>
    private Room Enter()
    {
        for (int i = 0; ; i = i + 1 < _rooms.Length ? i + 1 : 0)
        {
            if (Interlocked.Exchange(ref _rooms[i], null) is { } room) return room;
        }
    }

    private void Leave(Room room)
    {
        int i = 0;
        while (Interlocked.CompareExchange(ref _rooms[i], room, null) != null) i = i + 1 < _rooms.Length ? i + 1 : 0;
    }

    /// <summary>Where one thread works: a row of features, and what the distorter needs.</summary>
    private sealed class Room(ImageDistorter.Scratch scratch, int features)
    {
        public ImageDistorter.Scratch Scratch { get; } = scratch;

        public AlignedBuffer Row { get; } = new(features);
    }

    private struct GatherRows : IParallelBody
    {
        public GCHandle Images;
        public int* Rows;
        public long FirstRow;
        public bool HasStage;
        public InputView Stage;
        public int Width;
        public float* Destination;
        public bool IsShared;

        public readonly void Run(int index)
        {
            var images = (DistortedImages)Images.Target!;
            Room room = images.Enter();
            Span<float> row = room.Row.Span;
            images._examples!.CopyFeatures(Rows[index], row);
            images._distorter.Apply(row, row, images._epochKey + (ulong)(FirstRow + Rows[index]), room.Scratch);
            float* destination = Destination + (nint)index * Width;
            if (HasStage) Stage.Apply(room.Row.Pointer, destination, IsShared);
            else InputKernel.Copy(room.Row.Pointer, destination, images._features, IsShared);
            images.Leave(room);
        }
    }
}
