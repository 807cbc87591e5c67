using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>How the pixels of an image lie in a row of features: line by line from the top, each from the left.</summary>
/// <remarks>The default order of the channels is that of ML.NET's ExtractPixels; its option interleavePixelColors gives the other.</remarks>
/// <param name="Height">The lines of pixels. Range: 1 to 32767.</param>
/// <param name="Width">The pixels of a line. Range: 1 to 32767.</param>
/// <param name="Channels">The numbers of a pixel: 1 for a grey image, 3 for red, green and blue. Range: 1 to 32767. Default: 1.</param>
/// <param name="ChannelsFirst">
/// Whether the whole image comes once for each channel; else all channels of a pixel lie beside each other. Default: true.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
public readonly record struct ImageShape(int Height, int Width, int Channels = 1, bool ChannelsFirst = true)
{
    /// <summary>The most pixels of a side. Halves of a pixel are exact in a float up to there and far beyond.</summary>
    internal const int LongestSide = short.MaxValue;

    /// <summary>The lines of pixels.</summary>
    /// <remarks>Range: 1 to 32767.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Height
    {
        get;
        init => field = Check(value);
    }
    = Check(Height);

    /// <summary>The pixels of a line.</summary>
    /// <remarks>Range: 1 to 32767.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Width
    {
        get;
        init => field = Check(value);
    }
    = Check(Width);

    /// <summary>The numbers of a pixel.</summary>
    /// <remarks>Range: 1 to 32767. Default: 1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Channels
    {
        get;
        init => field = Check(value);
    }
    = Check(Channels);

    /// <summary>The features of a row; 0 for a shape that no constructor made.</summary>
    internal long Length => (long)Height * Width * Channels;

    private static int Check(int value, [CallerMemberName] string name = "")
    {
        if (value is < 1 or > LongestSide) throw OutOfRange.Exception(name, value, $"{name} must be from 1 to {LongestSide}.");
        return value;
    }
}
