namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class ImageDistortionTests
{
    [TestMethod]
    public void Settings_out_of_range_are_refused_by_name()
    {
        foreach (float value in new[] { -1, -float.Epsilon, float.NaN, float.PositiveInfinity })
        {
            Refuses(nameof(ImageDistortion.Shift), () => new ImageDistortion { Shift = value });
            Refuses(nameof(ImageDistortion.Rotation), () => new ImageDistortion { Rotation = value });
            Refuses(nameof(ImageDistortion.Scale), () => new ImageDistortion { Scale = value });
            Refuses(nameof(ImageDistortion.ElasticDeviation), () => new ImageDistortion { ElasticDeviation = value });
            Refuses(nameof(ImageDistortion.ElasticSmoothness), () => new ImageDistortion { ElasticSmoothness = value });
        }

        Refuses(nameof(ImageDistortion.Shift), () => new ImageDistortion { Shift = 32768 });
        Refuses(nameof(ImageDistortion.Rotation), () => new ImageDistortion { Rotation = 180.1f });
        Refuses(nameof(ImageDistortion.Scale), () => new ImageDistortion { Scale = 1 });
        Refuses(nameof(ImageDistortion.ElasticDeviation), () => new ImageDistortion { ElasticDeviation = 1.1f });
        Refuses(nameof(ImageDistortion.ElasticSmoothness), () => new ImageDistortion { ElasticSmoothness = 1.1f });
    }

    [TestMethod]
    public void The_ends_of_the_ranges_are_accepted()
    {
        _ = new ImageDistortion { Shift = 0, Rotation = 0, Scale = 0, ElasticDeviation = 0, ElasticSmoothness = 0 };
        _ = new ImageDistortion { Shift = 32767, Rotation = 180, Scale = 0.999f, ElasticDeviation = 1, ElasticSmoothness = 1 };
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(32768)]
    public void Shapes_out_of_range_are_refused_by_name(int value)
    {
        Refuses(nameof(ImageShape.Height), () => new ImageShape(value, 1));
        Refuses(nameof(ImageShape.Width), () => new ImageShape(1, value));
        Refuses(nameof(ImageShape.Channels), () => new ImageShape(1, 1, value));
        Refuses(nameof(ImageShape.Height), () => new ImageShape(1, 1) with { Height = value });
        Refuses(nameof(ImageShape.Width), () => new ImageShape(1, 1) with { Width = value });
        Refuses(nameof(ImageShape.Channels), () => new ImageShape(1, 1) with { Channels = value });
    }

    [TestMethod]
    public void A_distorter_refuses_shapes_that_are_no_row()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new ImageDistorter(new ImageDistortion(), default, key: 1));
        Assert.ThrowsExactly<ArgumentException>(() => new ImageDistorter(new ImageDistortion(), new ImageShape(32767, 32767, 3), key: 1));
    }

    private static void Refuses<T>(string name, Func<T> create)
    {
        ArgumentOutOfRangeException exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => create());
        Assert.AreEqual(name, exception.ParamName);
        Assert.Contains(name, exception.Message);
    }
}
