using Microsoft.ML;
using SkiaSharp;

namespace DigitImages.Data;

/// <summary>Labelled images to learn from and others to be tested on, wherever they come from.</summary>
internal interface IImageData
{
    /// <summary>The images to learn from, with a text column <c>Label</c>.</summary>
    IDataView Training { get; }

    /// <summary>The images to be tested on, in the same form.</summary>
    IDataView Test { get; }

    int TrainingCount { get; }

    int ClassCount { get; }

    /// <summary>The true class of each test image.</summary>
    IReadOnlyList<string> TestLabels { get; }

    /// <summary>The steps of the pipeline that turn an image into the vector <c>Features</c>.</summary>
    IEstimator<ITransformer> ToFeatures();

    /// <summary>Predicts one test image through a prediction engine, as an application does.</summary>
    Prediction PredictTestImage(ITransformer model, int row);

    /// <summary>The test image to look at.</summary>
    SKBitmap GetTestPicture(int row);
}
