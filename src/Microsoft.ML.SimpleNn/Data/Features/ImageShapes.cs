using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Tells from the type of the feature column how the pixels of an image lie in it, where images are distorted.</summary>
internal static class ImageShapes
{
    /// <summary>More channels than red, green, blue and alpha are not taken for channels.</summary>
    private const int MostChannels = 4;

    private const string Option = nameof(SimpleNnOptionsBase.ImageDistortion), Shape = nameof(SimpleNnOptionsBase.ImageShape);

    /// <summary>The shape of the images.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="features">The feature column.</param>
    /// <param name="given">What the options say; null where they say nothing.</param>
    public static ImageShape Read(IExceptionContext context, DataViewSchema.Column features, ImageShape? given)
    {
        var type = (VectorDataViewType)features.Type;
        if (given is { } shape)
        {
            return shape.Length == type.Size ? shape
                : throw context.Except($"{Shape} is {shape.Height} x {shape.Width} pixels of {shape.Channels}, {shape.Length} numbers in all, but feature " +
                    $"column '{features.Name}' has {type.Size}: " +
                    "set it to the height, width and channels of the images, whose product is that number.");
        }

        return OfDimensions([.. type.Dimensions]) ?? throw context.Except(
            $"{Option} needs to know how the pixels lie in feature column '{features.Name}', whose dimensions are {string.Join(" x ", type.Dimensions)}: set " +
            $"{Shape}, for example to " +
            "new ImageShape(height, width, channels), or give the column the dimensions of the images, as ExtractPixels and [VectorType(height, width)] do. " +
            "A column of one dimension is taken for a grey image only where it is as high as wide.");
    }

    /// <summary>Lines and columns; the channels before or after; or a grey square in one dimension. Null where it could be this or that.</summary>
    private static ImageShape? OfDimensions(int[] sizes)
    {
        if (sizes.Any(size => size is < 1) || sizes is not [_] && sizes.Any(size => size > ImageShape.LongestSide)) return null;
        int side = sizes is [int length] ? (int)Math.Round(Math.Sqrt(length)) : 0;
        return sizes switch
        {
            [int size] when side > 1 && side * side == size => new ImageShape(side, side),
            [int height, int width] => new ImageShape(height, width),
            [int channels and <= MostChannels, int height, int width and > MostChannels] => new ImageShape(height, width, channels),
            [int height and > MostChannels, int width, int channels and <= MostChannels] => new ImageShape(height, width, channels, ChannelsFirst: false),
            _ => null,
        };
    }
}
