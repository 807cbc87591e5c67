using DigitImages;
using DigitImages.Data;
using Microsoft.ML;

namespace DigitDrawing.Digits;

/// <summary>The digits of the MNIST database, as rows of pixels from 0 to 1.</summary>
internal static class MnistDigits
{
    /// <summary>Reads the four files from a folder.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or the images are not of 28x28 pixels.</exception>
    public static (IDataView Training, IDataView Test) Load(MLContext ml, string folder)
    {
        IdxImageData images = IdxImageData.Load(ml, folder);
        return (Rows(ml, images.Training), Rows(ml, images.Test));
    }

    private static IDataView Rows(MLContext ml, IDataView images)
    {
        IEnumerable<IdxImage> rows = ml.Data.CreateEnumerable<IdxImage>(images, reuseRowObject: false);
        return ml.Data.LoadFromEnumerable<DigitRow>([.. rows.Select(ToRow)]);
    }

    private static DigitRow ToRow(IdxImage image) => image.Pixels.Length == Pen.Size * Pen.Size
        ? new DigitRow { Pixels = Array.ConvertAll(image.Pixels, pixel => pixel / 255f), Label = uint.Parse(image.Label) }
        : throw new InputException($"The images have {image.Pixels.Length} pixels, but {Pen.Size}x{Pen.Size} are needed; give the folder of MNIST.");
}
