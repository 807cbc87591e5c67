using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Where the pixels of distorted images come from, by geometries that are given and not drawn.</summary>
[TestClass]
public sealed class ImageDistorterTests
{
    [TestMethod]
    public void Without_any_distortion_no_bit_changes()
    {
        var shape = new ImageShape(7, 5, 2);
        float[] image = Samples.Create(70, seed: 1);
        (image[3], image[40]) = (-0f, float.NaN);
        Bits.AssertEqual(image, Distorted.Apply(Distorted.Nothing, shape, image, key: 5), "image");
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(3, 0)]
    [DataRow(0, -2)]
    [DataRow(-1, 2)]
    [DataRow(40, -40)]
    public void A_shift_by_whole_pixels_moves_the_image_and_repeats_its_edge(int right, int down)
    {
        foreach (var shape in new[] { new ImageShape(28, 28), new ImageShape(9, 33), new ImageShape(17, 1), new ImageShape(1, 4), new ImageShape(1, 1) })
        {
            float[] image = Samples.Create(shape.Height * shape.Width, seed: 2);
            float[] expected = Distorted.Paint(shape, (y, x) =>
                image[Math.Clamp(y - down, 0, shape.Height - 1) * shape.Width + Math.Clamp(x - right, 0, shape.Width - 1)]);
            Bits.AssertEqual(expected, Distorted.Apply(ImageGeometry.Create(right, down, 0, 1, 1), shape, image), $"{shape}");
        }
    }

    [TestMethod]
    public void A_shift_by_half_a_pixel_gives_the_mean_of_four()
    {
        var shape = new ImageShape(20, 19);
        float[] image = Samples.Create(20 * 19, seed: 3);
        float[] actual = Distorted.Apply(ImageGeometry.Create(0.5f, 0.5f, 0, 1, 1), shape, image);
        for (int i = 0; i < image.Length; i++)
        {
            (int y, int x) = (i / 19, i % 19);
            float At(int up, int left) => image[Math.Max(y - up, 0) * 19 + Math.Max(x - left, 0)];
            Assert.AreEqual((At(0, 0) + At(0, 1) + At(1, 0) + At(1, 1)) / 4, actual[i], 1e-6f, $"pixel {i}");
        }
    }

    [TestMethod]
    public void A_right_angle_is_the_image_transposed_and_mirrored()
    {
        const int side = 28;
        var shape = new ImageShape(side, side);
        float[] image = Samples.Create(side * side, seed: 4);
        AssertClose(Distorted.Paint(shape, (y, x) => image[(side - 1 - x) * side + y]), Distorted.Apply(ImageGeometry.Create(0, 0, 90, 1, 1), shape, image));
        AssertClose(Distorted.Paint(shape, (y, x) => image[x * side + side - 1 - y]), Distorted.Apply(ImageGeometry.Create(0, 0, -90, 1, 1), shape, image));
        AssertClose(Enumerable.Reverse(image).ToArray(), Distorted.Apply(ImageGeometry.Create(0, 0, 180, 1, 1), shape, image));
    }

    [TestMethod]
    [DataRow(3f, -2f, 25f, 1.2f, 0.9f)]
    [DataRow(0.3f, 1.7f, -130f, 0.8f, 0.7f)]
    public void Scaling_comes_first_then_the_rotation_and_then_the_shift(float shiftX, float shiftY, float degrees, float scaleX, float scaleY)
    {
        // A picture that rises evenly is interpolated exactly: its values tell where they come from.
        var shape = new ImageShape(40, 50);
        float[] x = Distorted.Apply(ImageGeometry.Create(shiftX, shiftY, degrees, scaleX, scaleY), shape, Distorted.Paint(shape, (_, x) => x));
        float[] y = Distorted.Apply(ImageGeometry.Create(shiftX, shiftY, degrees, scaleX, scaleY), shape, Distorted.Paint(shape, (y, _) => y));

        double cosine = Math.Cos(degrees * Math.PI / 180), sine = Math.Sin(degrees * Math.PI / 180);
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] is <= 0 or >= 49 || y[i] is <= 0 or >= 39) continue;
            double u = (x[i] - 24.5) * scaleX, v = (y[i] - 19.5) * scaleY;
            Assert.AreEqual(i % 50, u * cosine - v * sine + shiftX + 24.5, 1e-4, $"pixel {i}");
            Assert.AreEqual(i / 50, u * sine + v * cosine + shiftY + 19.5, 1e-4, $"pixel {i}");
        }

        Assert.IsGreaterThan(500, x.Count(value => value is > 0 and < 49));
    }

    [TestMethod]
    public void All_channels_move_alike_and_in_both_orders()
    {
        var one = new ImageShape(13, 21);
        float[][] planes = [.. Enumerable.Range(0, 3).Select(channel => Samples.Create(13 * 21, seed: channel))];
        float[] last = [.. Enumerable.Range(0, 13 * 21).SelectMany(pixel => planes.Select(plane => plane[pixel]))];

        float[] distortedFirst = Distorted.Apply(new(), one with { Channels = 3 }, [.. planes.SelectMany(plane => plane)], key: 9);
        float[] distortedLast = Distorted.Apply(new(), one with { Channels = 3, ChannelsFirst = false }, last, key: 9);
        for (int channel = 0; channel < 3; channel++)
        {
            float[] expected = Distorted.Apply(new(), one, planes[channel], key: 9);
            Bits.AssertEqual(expected, distortedFirst.AsSpan(channel * 13 * 21, 13 * 21), $"channel {channel}, first");
            Bits.AssertEqual(expected, distortedLast.Where((_, i) => i % 3 == channel).ToArray(), $"channel {channel}, last");
        }
    }

    [TestMethod]
    public void An_even_image_stays_even_and_no_value_is_out_of_the_images_range()
    {
        var shape = new ImageShape(28, 28);
        var strong = new ImageDistortion { Shift = 20, Rotation = 180, Scale = 0.9f, ElasticDeviation = 0.5f, ElasticSmoothness = 0.05f };
        float[] even = Distorted.Paint(shape, (_, _) => 0.3f), ends = Distorted.Paint(shape, (y, x) => (y + x) % 2);
        for (ulong key = 0; key < 20; key++)
        {
            Bits.AssertEqual(even, Distorted.Apply(strong, shape, even, key), $"key {key}");
            foreach (float value in Distorted.Apply(strong, shape, ends, key)) Assert.IsInRange(0f, 1f, value);
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f, $"pixel {i}");
    }
}
