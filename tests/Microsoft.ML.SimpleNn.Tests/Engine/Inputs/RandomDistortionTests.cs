using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>How distortions are drawn.</summary>
[TestClass]
public sealed class RandomDistortionTests
{
    private static readonly ImageShape Shape = new(28, 28);

    [TestMethod]
    public void The_keys_decide_every_bit()
    {
        float[] image = Samples.Create(28 * 28, seed: 1);
        float[] first = Distorted.Apply(new(), Shape, image, key: 1);
        Bits.AssertEqual(first, Distorted.Apply(new(), Shape, image, key: 1), "the same keys");
        CollectionAssert.AreNotEqual(first, Distorted.Apply(new(), Shape, image, key: 2));
        CollectionAssert.AreNotEqual(first, Distorted.Apply(new(), Shape, image, key: 1, fieldKey: 2));

        var distorter = new ImageDistorter(new(), Shape, key: 1);
        ImageDistorter.Scratch scratch = distorter.CreateScratch();
        Distorted.Apply(distorter, Samples.Create(28 * 28, seed: 2), key: 3, scratch);
        Bits.AssertEqual(first, Distorted.Apply(distorter, image, key: 1, scratch), "memory that was used before");
        distorter.Apply(image, image, 1, scratch);
        Bits.AssertEqual(first, image, "in place");
    }

    [TestMethod]
    public void Every_setting_alone_distorts()
    {
        float[] image = Samples.Create(28 * 28, seed: 1);
        ImageDistortion[] settings =
        [
            new() { Rotation = 0, Scale = 0, ElasticDeviation = 0 }, new() { Shift = 0, Scale = 0, ElasticDeviation = 0 },
            new() { Shift = 0, Rotation = 0, ElasticDeviation = 0 }, new() { Shift = 0, Rotation = 0, Scale = 0 },
        ];
        foreach (ImageDistortion setting in settings) CollectionAssert.AreNotEqual(image, Distorted.Apply(setting, Shape, image, key: 1));
    }

    [TestMethod]
    public void Shift_angle_and_scale_are_spread_evenly_up_to_the_settings()
    {
        const int count = 20_000;
        var distorter = new ImageDistorter(new ImageDistortion { Shift = 2, Rotation = 30, Scale = 0.2f, ElasticDeviation = 0 }, Shape, key: 1);
        var drawn = new double[5][];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = new double[count];
        for (int key = 0; key < count; key++)
        {
            var random = new CounterRandom((ulong)key);
            ImageGeometry geometry = distorter.Draw(ref random);
            (drawn[0][key], drawn[1][key]) = (geometry.ShiftX / 2, geometry.ShiftY / 2);
            drawn[2][key] = Math.Atan2(geometry.XY, geometry.XX) * 180 / Math.PI / 30;
            drawn[3][key] = (1 / Math.Sqrt(geometry.XX * geometry.XX + geometry.XY * geometry.XY) - 1) / 0.2;
            drawn[4][key] = (1 / Math.Sqrt(geometry.YX * geometry.YX + geometry.YY * geometry.YY) - 1) / 0.2;
        }

        for (int i = 0; i < drawn.Length; i++)
        {
            Assert.AreEqual(-1, drawn[i].Min(), 2e-3, $"least of {i}");
            Assert.AreEqual(1, drawn[i].Max(), 2e-3, $"most of {i}");
            Assert.AreEqual(0, drawn[i].Average(), 5 / Math.Sqrt(3 * count), $"mean of {i}");
            Assert.AreEqual(1 / 3.0, drawn[i].Average(value => value * value), 5 * 0.3 / Math.Sqrt(count), $"square of {i}");
            for (int j = 0; j < i; j++)
                Assert.AreEqual(0, drawn[i].Zip(drawn[j], (a, b) => a * b).Average(), 5 / 3.0 / Math.Sqrt(count), $"{i} with {j}");
        }
    }

    [TestMethod]
    [DataRow(0.04f, 0.18f)]
    [DataRow(0.02f, 0.1f)]
    public void Elastic_movements_have_the_deviation_and_smoothness_of_the_settings(float deviation, float smoothness)
    {
        // A picture that rises evenly tells where its pixels come from; those in the middle do not come from outside.
        const int count = 4000, middle = 14;
        var settings = new ImageDistortion { Shift = 0, Rotation = 0, Scale = 0, ElasticDeviation = deviation, ElasticSmoothness = smoothness };
        var distorter = new ImageDistorter(settings, Shape, key: 3);
        ImageDistorter.Scratch scratch = distorter.CreateScratch();
        float[] columns = Distorted.Paint(Shape, (_, x) => x), lines = Distorted.Paint(Shape, (y, _) => y);
        var sums = new double[6];
        for (int key = 0; key < count; key++)
        {
            float[] fromX = Distorted.Apply(distorter, columns, (ulong)key, scratch), fromY = Distorted.Apply(distorter, lines, (ulong)key, scratch);
            double x = fromX[middle * 28 + middle] - middle, y = fromY[middle * 28 + middle] - middle;
            double right = fromX[middle * 28 + middle + 3] - middle - 3, below = fromX[(middle + 3) * 28 + middle] - middle;
            double[] terms = [x, y, x * x, y * y, x * right, x * below];
            for (int i = 0; i < terms.Length; i++) sums[i] += terms[i] / count;
        }

        // Numbers that a Gaussian of deviation s has smoothed are correlated by e^(-d d / (4 s s)) at distance d.
        double pixels = deviation * 28, sigma = smoothness * 28, alike = Math.Exp(-9 / (4 * sigma * sigma));
        Assert.AreEqual(0, sums[0] / pixels, 0.08, "mean to the right");
        Assert.AreEqual(0, sums[1] / pixels, 0.08, "mean down");
        Assert.AreEqual(1, Math.Sqrt(sums[2]) / pixels, 0.06, "deviation to the right");
        Assert.AreEqual(1, Math.Sqrt(sums[3]) / pixels, 0.06, "deviation down");
        Assert.AreEqual(alike, sums[4] / sums[2], 0.06, "3 to the right");
        Assert.AreEqual(alike, sums[5] / sums[2], 0.06, "3 below");
    }

    [TestMethod]
    public void Fields_are_made_for_images_of_every_shape()
    {
        foreach (var shape in new[] { new ImageShape(1, 1), new ImageShape(1, 50), new ImageShape(50, 1), new ImageShape(3, 5), new ImageShape(300, 280, 3) })
        {
            float[] image = Samples.Create((int)shape.Length, seed: 1);
            foreach (float smoothness in new[] { 0, 1e-6f, 0.02f })
            {
                float[] distorted = Distorted.Apply(new() { ElasticSmoothness = smoothness }, shape, image, key: 1);
                Assert.IsTrue(distorted.All(float.IsFinite), $"{shape}, {smoothness}");
            }
        }

        float[] small = Samples.Create(28 * 28, seed: 1);
        Assert.IsTrue(Distorted.Apply(new() { ElasticSmoothness = 1 }, Shape, small, key: 1).All(float.IsFinite));
    }

    [TestMethod]
    public void The_bits_are_those_of_every_system_and_version()
    {
        // Computed with 256-bit vectors on x64; the same with 512-bit and 128-bit ones, and without any.
        float[] image = Distorted.Paint(Shape, (y, x) => (x * 37 + y * y * 11) % 256);
        ulong hash = 0;
        for (ulong key = 0; key < 10; key++)
        {
            foreach (float value in Distorted.Apply(new(), Shape, image, key, fieldKey: 7))
                hash = SplitMix64.Mix(hash + BitConverter.SingleToUInt32Bits(value));
        }

        Assert.AreEqual(0xF0799A8325D1FD9DUL, hash);
    }
}
