using Microsoft.ML;
using SkiaSharp;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace DigitImages.Data;

/// <summary>Image files, which the pipeline itself loads, resizes and turns into pixels.</summary>
internal sealed class ImageFileData : IImageData
{
    private readonly MLContext _ml;
    private readonly ImageFile[] _test;
    private readonly int _size;
    private readonly ColorBits _channels;

    private ImageFileData(MLContext ml, ImageFile[] training, ImageFile[] test, int size, ColorBits channels)
    {
        _ml = ml;
        _test = test;
        _size = size;
        _channels = channels;
        Training = ml.Data.LoadFromEnumerable(training);
        Test = ml.Data.LoadFromEnumerable(test);
        TrainingCount = training.Length;
        ClassCount = training.Select(image => image.Label).Distinct().Count();
        TestLabels = [.. test.Select(image => image.Label)];
    }

    public IDataView Training { get; }

    public IDataView Test { get; }

    public int TrainingCount { get; }

    public int ClassCount { get; }

    public IReadOnlyList<string> TestLabels { get; }

    /// <summary>Grey images of 28x28 pixels: the three colours are equal, so one is enough.</summary>
    public static ImageFileData GreyDigits(MLContext ml, ImageFile[] training, ImageFile[] test) =>
        new(ml, training, test, size: 28, ColorBits.Red);

    /// <summary>Photos of any size, seen as 32x32 pixels in colour; a fifth of each class is kept for the test.</summary>
    public static ImageFileData ColourPhotos(MLContext ml, ImageFile[] photos, int seed)
    {
        (ImageFile[] training, ImageFile[] test) = ClassFolders.Split(photos, testFraction: 0.2, seed);
        return new(ml, training, test, size: 32, ColorBits.Rgb);
    }

    public IEstimator<ITransformer> ToFeatures() =>
        _ml.Transforms.LoadImages("Image", imageFolder: null, nameof(ImageFile.Path))
            .Append(_ml.Transforms.ResizeImages("Image", _size, _size))
            .Append(_ml.Transforms.ExtractPixels("Features", "Image", _channels));

    public Prediction PredictTestImage(ITransformer model, int row)
    {
        using var engine = _ml.Model.CreatePredictionEngine<ImageFile, Prediction>(model);
        return engine.Predict(_test[row]);
    }

    public SKBitmap GetTestPicture(int row) => SKBitmap.Decode(_test[row].Path);
}
