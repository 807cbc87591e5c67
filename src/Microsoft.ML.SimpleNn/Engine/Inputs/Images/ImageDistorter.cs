using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Distorts images of a shape at random. What happens to an image is a hash of a key: it is the same on any number of threads, with any vectors and on
/// every system. A distorter may serve many threads at once; each has a <see cref="Scratch"/> of its own.
/// </summary>
/// <remarks>
/// Each pixel of the result is looked up where it comes from in the source (<see cref="ImageGeometry"/>, and then the elastic movement), between the
/// four pixels around that place by bilinear interpolation. All channels move alike.
/// </remarks>
internal sealed unsafe class ImageDistorter
{
    private readonly ImageDistortion _settings;
    private readonly ImageShape _shape;
    private readonly int _length;
    private readonly ElasticField? _field;

    /// <summary>Creates a distorter, and with it the field of its elastic distortions.</summary>
    /// <param name="settings">What may happen to an image.</param>
    /// <param name="shape">The images.</param>
    /// <param name="key">The run's random bits: they decide the field.</param>
    /// <exception cref="ArgumentException">No constructor made the shape, or the image has more numbers than a row can have.</exception>
    public ImageDistorter(ImageDistortion settings, ImageShape shape, ulong key)
    {
        if (shape.Length is 0 or > int.MaxValue) throw new ArgumentException($"An image cannot have {shape.Length} numbers.", nameof(shape));
        _settings = settings;
        _shape = shape;
        _length = (int)shape.Length;
        int side = Math.Min(shape.Height, shape.Width);
        if (settings.ElasticDeviation > 0)
            _field = new ElasticField(shape, (double)settings.ElasticDeviation * side, (double)settings.ElasticSmoothness * side, key);
    }

    /// <summary>Whether no setting asks for any distortion.</summary>
    public bool IsIdentity => _settings.IsIdentity;

    /// <summary>Creates the memory that a thread works in.</summary>
    public Scratch CreateScratch() => new(_shape);

    /// <summary>Distorts an image.</summary>
    /// <param name="source">The image, before its features are standardised: those of neighbours have other means.</param>
    /// <param name="destination">The distorted image; may be the source.</param>
    /// <param name="key">What the distortion depends on: any number, neighbours too.</param>
    /// <param name="scratch">The thread's memory.</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> destination, ulong key, Scratch scratch)
    {
        if (IsIdentity)
        {
            source[.._length].CopyTo(destination); // Bit for bit: interpolation would lose the sign of -0.
            return;
        }

        var random = new CounterRandom(key);
        Apply(source, destination, Draw(ref random), random, scratch);
    }

    /// <summary>Distorts an image by a geometry, and by an elastic movement where the settings have one.</summary>
    public void Apply(ReadOnlySpan<float> source, Span<float> destination, in ImageGeometry geometry, CounterRandom random, Scratch scratch)
    {
        fixed (float* from = source[.._length])
        fixed (float* to = destination[.._length])
        {
            scratch.Load(from);
            Elastic elastic = _field == null ? default : new Elastic(_field, ref random);
            for (int y = 0; y < _shape.Height; y++)
            {
                Locate(y, geometry, elastic, scratch);
                scratch.SampleRow(y, to);
            }
        }

        GC.KeepAlive(scratch);
        GC.KeepAlive(_field);
    }

    /// <summary>The geometry of an image.</summary>
    public ImageGeometry Draw(ref CounterRandom random)
    {
        float shiftX = _settings.Shift * random.NextSigned(), shiftY = _settings.Shift * random.NextSigned();
        float degrees = _settings.Rotation * random.NextSigned();
        float scaleX = 1 + _settings.Scale * random.NextSigned(), scaleY = 1 + _settings.Scale * random.NextSigned();
        return ImageGeometry.Create(shiftX, shiftY, degrees, scaleX, scaleY);
    }

    /// <summary>Finds where the pixels of a line come from. Number by number: the width of a vector cannot be seen in the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Locate(int y, in ImageGeometry geometry, in Elastic elastic, Scratch scratch)
    {
        float centreX = (_shape.Width - 1) / 2f, centreY = (_shape.Height - 1) / 2f;
        float v = y - centreY - geometry.ShiftY;
        var left = new Vector<float>(-centreX - geometry.ShiftX);
        var startX = new Vector<float>(geometry.XY * v + centreX);
        var startY = new Vector<float>(geometry.YY * v + centreY);
        var lastX = new Vector<float>(_shape.Width - 1);
        var lastY = new Vector<float>(_shape.Height - 1);
        nint row = elastic.IsThere ? (nint)y * elastic.Stride : 0;

        for (int x = 0; x < _shape.Width; x += Vector<float>.Count)
        {
            Vector<float> u = Vector<float>.Indices + new Vector<float>(x) + left;
            Vector<float> fromX = u * geometry.XX + startX, fromY = u * geometry.YX + startY;
            if (elastic.IsThere)
            {
                fromX += Vector.Load(elastic.X1 + row + x) + Vector.Load(elastic.X2 + row + x);
                fromY += Vector.Load(elastic.Y1 + row + x) + Vector.Load(elastic.Y2 + row + x);
            }

            fromX = Hold(fromX, lastX);
            fromY = Hold(fromY, lastY);
            Vector<int> wholeX = Vector.ConvertToInt32(fromX), wholeY = Vector.ConvertToInt32(fromY);
            Vector.Store(wholeY * scratch.Stride + wholeX, scratch.Origins + x);
            Vector.Store(fromX - Vector.ConvertToSingle(wholeX), scratch.Right + x);
            Vector.Store(fromY - Vector.ConvertToSingle(wholeY), scratch.Down + x);
        }
    }

    /// <summary>The nearest place in the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Hold(Vector<float> place, Vector<float> last)
    {
        place = Vector.ConditionalSelect(Vector.LessThan(place, Vector<float>.Zero), Vector<float>.Zero, place);
        return Vector.ConditionalSelect(Vector.LessThan(last, place), last, place);
    }

    /// <summary>The windows of a field that move an image.</summary>
    private readonly struct Elastic(ElasticField field, ref CounterRandom random)
    {
        public readonly float* X1 = field.Window(random.NextBits()), X2 = field.Window(random.NextBits());
        public readonly float* Y1 = field.Window(random.NextBits()), Y2 = field.Window(random.NextBits());
        public readonly int Stride = field.Stride;

        public bool IsThere => X1 != null;
    }

    /// <summary>What a thread needs to distort images, one after another.</summary>
    public sealed class Scratch
    {
        private readonly ImageShape _shape;
        private readonly AlignedBuffer _planes, _lines;
        private readonly int _lineLength, _planeLength;

        internal Scratch(ImageShape shape)
        {
            _shape = shape;
            Stride = shape.Width + 1;
            _lineLength = Padding.RoundUp(shape.Width);
            _planeLength = Stride * (shape.Height + 1);
            _lines = new AlignedBuffer(3L * _lineLength);
            _planes = new AlignedBuffer((long)_planeLength * shape.Channels);
        }

        /// <summary>The floats from a line of a plane to the next.</summary>
        public int Stride { get; }

        /// <summary>For each pixel of a line, the pixel of a plane that is up and to the left of where it comes from.</summary>
        public int* Origins => (int*)_lines.Pointer;

        /// <summary>How far to the right of it, from 0 up to 1.</summary>
        public float* Right => _lines.Pointer + _lineLength;

        /// <summary>How far down from it, from 0 up to 1.</summary>
        public float* Down => _lines.Pointer + 2 * _lineLength;

        private nint PixelStep => _shape.ChannelsFirst ? 1 : _shape.Channels;

        private nint ChannelStep => _shape.ChannelsFirst ? (nint)_shape.Height * _shape.Width : 1;

        /// <summary>Copies an image, channel by channel, with its last column and line twice: each pixel then has neighbours to the right and below.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Load(float* source)
        {
            int width = _shape.Width;
            nint step = PixelStep;
            for (int channel = 0; channel < _shape.Channels; channel++)
            {
                float* plane = _planes.Pointer + (nint)channel * _planeLength;
                for (int y = 0; y <= _shape.Height; y++)
                {
                    float* from = source + channel * ChannelStep + (nint)Math.Min(y, _shape.Height - 1) * width * step;
                    float* to = plane + (nint)y * Stride;
                    if (step == 1) new ReadOnlySpan<float>(from, width).CopyTo(new Span<float>(to, width));
                    else for (int x = 0; x < width; x++) to[x] = from[x * step];
                    to[width] = to[width - 1];
                }
            }
        }

        /// <summary>Writes a line of the distorted image.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void SampleRow(int y, float* destination)
        {
            int* origins = Origins;
            float* right = Right, down = Down;
            int stride = Stride, width = _shape.Width;
            nint step = PixelStep;
            for (int channel = 0; channel < _shape.Channels; channel++)
            {
                float* plane = _planes.Pointer + (nint)channel * _planeLength;
                float* to = destination + channel * ChannelStep + (nint)y * width * step;
                for (int x = 0; x < width; x++)
                {
                    float* from = plane + origins[x];
                    float above = from[0] + right[x] * (from[1] - from[0]);
                    float below = from[stride] + right[x] * (from[stride + 1] - from[stride]);
                    to[x * step] = above + down[x] * (below - above);
                }
            }
        }
    }
}
