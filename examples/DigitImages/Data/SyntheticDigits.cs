using SkiaSharp;

namespace DigitImages.Data;

/// <summary>Draws images of digits as if by many hands: light strokes on black, 28x28 pixels, as PNG files in class folders.</summary>
internal static class SyntheticDigits
{
    private const int Size = 28;

    /// <summary>Draws the images; the same seed gives the same files.</summary>
    /// <param name="folder">The folder that gets one class folder for each digit; files of an earlier run are replaced.</param>
    /// <param name="imagesPerDigit">The number of images of each digit.</param>
    /// <param name="seed">Decides every random choice.</param>
    public static ImageFile[] Draw(string folder, int imagesPerDigit, int seed)
    {
        var random = new Random(seed);
        var images = new List<ImageFile>();
        for (int digit = 0; digit < DigitStrokes.Shapes.Length; digit++)
        {
            string classFolder = Path.Combine(folder, $"{digit}");
            Directory.CreateDirectory(classFolder);
            for (int i = 0; i < imagesPerDigit; i++)
            {
                string path = Path.Combine(classFolder, $"{i:D4}.png");
                using SKBitmap picture = DrawDigit(digit, random);
                using SKData png = picture.Encode(SKEncodedImageFormat.Png, quality: 100);
                File.WriteAllBytes(path, png.ToArray());
                images.Add(new ImageFile { Path = path, Label = $"{digit}" });
            }
        }
        return [.. images];
    }

    private static SKBitmap DrawDigit(int digit, Random random)
    {
        string[] shapes = DigitStrokes.Shapes[digit];
        using SKPath stroke = Tremble(shapes[random.Next(shapes.Length)], random);
        stroke.Transform(RandomPlacement(random));

        using var paint = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = Uniform(random, 1.4f, 3.4f),
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
            Color = new SKColor(255, 255, 255, (byte)random.Next(170, 256)),
        };
        using var clean = new SKBitmap(new SKImageInfo(Size, Size, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(clean);
        canvas.Clear(SKColors.Black);
        canvas.DrawPath(stroke, paint);
        return GreyPicture.Create(AddNoise(clean.Bytes, Uniform(random, 5, 35), random), Size, Size);
    }

    /// <summary>Moves every point of a shape a little, as an unsteady hand does.</summary>
    private static SKPath Tremble(string shape, Random random)
    {
        const double Deviation = 0.35; // in the units of DigitStrokes
        using SKPath exact = SKPath.ParseSvgPathData(shape);
        var trembled = new SKPath();
        var points = new SKPoint[4];
        using SKPath.RawIterator segments = exact.CreateRawIterator();
        for (SKPathVerb verb = segments.Next(points); verb != SKPathVerb.Done; verb = segments.Next(points))
        {
            if (verb == SKPathVerb.Move)
                trembled.MoveTo(Moved(points[0]));
            else if (verb == SKPathVerb.Line)
                trembled.LineTo(Moved(points[1]));
            else
                trembled.CubicTo(Moved(points[1]), Moved(points[2]), Moved(points[3]));
        }
        return trembled;

        SKPoint Moved(SKPoint point) => new(point.X + Normal(random, Deviation), point.Y + Normal(random, Deviation));
    }

    /// <summary>A random slant, scale, rotation and shift that takes a shape into the image.</summary>
    private static SKMatrix RandomPlacement(Random random)
    {
        float scale = Uniform(random, 1.05f, 1.6f);
        return SKMatrix.CreateTranslation(-DigitStrokes.Width / 2, -DigitStrokes.Height / 2)
            .PostConcat(SKMatrix.CreateScale(scale * Uniform(random, 0.75f, 1.15f), scale))
            .PostConcat(SKMatrix.CreateSkew(Normal(random, 0.2), 0))
            .PostConcat(SKMatrix.CreateRotationDegrees(Normal(random, 6)))
            .PostConcat(SKMatrix.CreateTranslation((Size / 2f) + Normal(random, 1), (Size / 2f) + Normal(random, 1)));
    }

    private static byte[] AddNoise(byte[] pixels, double deviation, Random random) =>
        [.. pixels.Select(pixel => (byte)Math.Clamp(pixel + Normal(random, deviation), 0, 255))];

    private static float Uniform(Random random, float from, float to) => from + ((to - from) * random.NextSingle());

    /// <summary>A normally distributed number with mean 0 (Box and Muller's method).</summary>
    private static float Normal(Random random, double deviation) =>
        (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
