namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Tells whether features are the pixels of an image, and how they lie.</summary>
internal static class PictureShape
{
    private const int SmallestSide = 8, MostChannels = 4;

    /// <summary>The shape; null where the features are no image.</summary>
    /// <param name="options">What the report is told.</param>
    /// <param name="dimensions">The dimensions of the feature column; empty where there is none.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">The shape that the options give has another number of features.</exception>
    public static ImageShape? Of(ReportOptions options, int[] dimensions, Network network)
    {
        if (options.ImageShape is { } given)
            return given.Length == network.Inputs ? given : throw new ArgumentException(
                $"{nameof(ReportOptions.ImageShape)} is {given.Height} x {given.Width} pixels of {given.Channels}, {given.Length} numbers in all, " +
                $"but the model takes {network.Inputs} features: set it to the height, width and channels of the images, or leave it out.");
        return dimensions switch
        {
            [int height and >= SmallestSide, int width and >= SmallestSide] => new ImageShape(height, width),
            [int channels and <= MostChannels, int height, int width and > MostChannels] => new ImageShape(height, width, channels),
            [int height and > MostChannels, int width, int channels and <= MostChannels] => new ImageShape(height, width, channels, ChannelsFirst: false),
            _ => OfSquare(network),
        };
    }

    private static ImageShape? OfSquare(Network network)
    {
        int side = (int)Math.Round(Math.Sqrt(network.Inputs));
        bool isSquare = side >= SmallestSide && side * side == network.Inputs;
        // Pixels near the edges can be constant, or have two values only.
        return isSquare && network.InputStage?.Kinds is { } kinds && kinds.Count(kind => kind == ColumnKind.SameRange) > kinds.Count / 2
            && kinds.All(kind => kind is ColumnKind.SameRange or ColumnKind.Constant or ColumnKind.Indicator) ? new ImageShape(side, side) : null;
    }
}
