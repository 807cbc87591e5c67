namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Images and what distorters make of them.</summary>
internal static class Distorted
{
    /// <summary>No distortion at all.</summary>
    public static ImageDistortion Nothing => new() { Shift = 0, Rotation = 0, Scale = 0, ElasticDeviation = 0 };

    public static float[] Apply(ImageDistortion settings, ImageShape shape, float[] image, ulong key, ulong fieldKey = 1)
    {
        var distorter = new ImageDistorter(settings, shape, fieldKey);
        return Apply(distorter, image, key, distorter.CreateScratch());
    }

    public static float[] Apply(ImageDistorter distorter, float[] image, ulong key, ImageDistorter.Scratch scratch)
    {
        float[] result = Enumerable.Repeat(float.NaN, image.Length).ToArray();
        distorter.Apply(image, result, key, scratch);
        return result;
    }

    public static float[] Apply(ImageGeometry geometry, ImageShape shape, float[] image)
    {
        var distorter = new ImageDistorter(Nothing, shape, key: 1);
        float[] result = Enumerable.Repeat(float.NaN, image.Length).ToArray();
        distorter.Apply(image, result, geometry, new CounterRandom(1), distorter.CreateScratch());
        return result;
    }

    /// <summary>An image whose pixels, in one channel, are a function of line and column.</summary>
    public static float[] Paint(ImageShape shape, Func<int, int, float> pixel)
    {
        var image = new float[shape.Height * shape.Width];
        for (int i = 0; i < image.Length; i++) image[i] = pixel(i / shape.Width, i % shape.Width);
        return image;
    }
}
