using OxyPlot;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Numbers of an image's pixels as a picture within the page.</summary>
internal static class PixelImage
{
    /// <summary>Larger images are made smaller, so that the page stays so.</summary>
    private const int LongestSide = 32;
    private const double PartBelowFullColor = 0.99;

    /// <summary>Numbers of both signs: 0 is white, what is below is orange, what is above is blue; of three channels 0 is grey.</summary>
    /// <param name="values">The numbers [features].</param>
    /// <param name="shape">How they lie.</param>
    public static string Signed(ReadOnlySpan<float> values, ImageShape shape)
    {
        double[] sizes = [.. values.ToArray().Where(float.IsFinite).Select(value => (double)Math.Abs(value)).Order()];
        // A pixel that stands out is not to make all others pale.
        double full = sizes.Length == 0 ? 0 : sizes[(int)(PartBelowFullColor * (sizes.Length - 1))];
        return Address(values, shape, value => full == 0 ? Math.Sign(value) : Math.Clamp(value / full, -1, 1), isSigned: true);
    }

    /// <summary>Numbers from the least, which is black, to the largest, which is white.</summary>
    /// <param name="values">The numbers [features].</param>
    /// <param name="shape">How they lie.</param>
    public static string Plain(ReadOnlySpan<float> values, ImageShape shape)
    {
        (double least, double largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (float value in values)
            if (float.IsFinite(value))
                (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
        return Address(values, shape, value => largest > least ? (value - least) / (largest - least) : 0, isSigned: false);
    }

    private static string Address(ReadOnlySpan<float> values, ImageShape shape, Func<double, double> scale, bool isSigned)
    {
        int block = (Math.Max(shape.Height, shape.Width) + LongestSide - 1) / LongestSide;
        var pixels = new OxyColor[(shape.Width + block - 1) / block, (shape.Height + block - 1) / block];
        for (int x = 0; x < pixels.GetLength(0); x++)
        {
            for (int y = 0; y < pixels.GetLength(1); y++)
            {
                // OxyPlot counts lines from the bottom.
                int line = pixels.GetLength(1) - 1 - y;
                double[] channels = new double[shape.Channels];
                for (int channel = 0; channel < channels.Length; channel++)
                    channels[channel] = scale(Mean(values, shape, channel, (x * block, line * block, block)));
                pixels[x, y] = Color(channels, isSigned);
            }
        }
        return "data:image/png;base64," + Convert.ToBase64String(OxyImage.Create(pixels, ImageFormat.Png).GetData());
    }

    private static double Mean(ReadOnlySpan<float> values, ImageShape shape, int channel, (int X, int Y, int Size) block)
    {
        (double sum, int count) = (0, 0);
        for (int y = block.Y; y < Math.Min(block.Y + block.Size, shape.Height); y++)
        {
            for (int x = block.X; x < Math.Min(block.X + block.Size, shape.Width); x++)
            {
                int pixel = (y * shape.Width) + x;
                float value = values[shape.ChannelsFirst ? (channel * shape.Height * shape.Width) + pixel : (pixel * shape.Channels) + channel];
                (sum, count) = float.IsFinite(value) ? (sum + value, count + 1) : (sum, count);
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static OxyColor Color(double[] channels, bool isSigned)
    {
        if (channels.Length >= 3)
            return isSigned ? Rgb((channels[0] + 1) / 2, (channels[1] + 1) / 2, (channels[2] + 1) / 2) : Rgb(channels[0], channels[1], channels[2]);
        double value = channels[0];
        if (!isSigned)
            return Rgb(value, value, value);
        double size = Math.Abs(value);
        return value >= 0 ? Rgb(1 - (0.9 * size), 1 - (0.6 * size), 1 - (0.25 * size)) : Rgb(1 - (0.2 * size), 1 - (0.65 * size), 1 - size);
    }

    private static OxyColor Rgb(double red, double green, double blue) => OxyColor.FromRgb(Byte(red), Byte(green), Byte(blue));

    private static byte Byte(double part) => (byte)Math.Clamp(part * 255, 0, 255);
}
