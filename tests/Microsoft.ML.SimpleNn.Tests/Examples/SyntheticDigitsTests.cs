using DigitImages.Data;
using SkiaSharp;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class SyntheticDigitsTests
{
    [TestMethod]
    public void Draws_grey_PNG_files_of_28x28_pixels_in_class_folders()
    {
        using var folder = new TemporaryFolder();

        ImageFile[] images = SyntheticDigits.Draw(folder.Root, imagesPerDigit: 2, seed: 1);

        Assert.HasCount(20, images);
        CollectionAssert.AreEqual(Directory.GetFiles(folder.Root, "*.png", SearchOption.AllDirectories).Order().ToArray(), images.Select(image => image.Path).Order().ToArray());
        foreach (ImageFile image in images)
        {
            Assert.AreEqual(image.Label, Path.GetFileName(Path.GetDirectoryName(image.Path)));
            using SKCodec codec = SKCodec.Create(image.Path);
            Assert.AreEqual((SKEncodedImageFormat.Png, 28, 28), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
        }
    }

    [TestMethod]
    public void The_seed_decides_every_pixel()
    {
        using var folder = new TemporaryFolder();
        string first = AllBytes(SyntheticDigits.Draw(folder["first"], 3, seed: 5));
        string second = AllBytes(SyntheticDigits.Draw(folder["second"], 3, seed: 5));
        string other = AllBytes(SyntheticDigits.Draw(folder["other"], 3, seed: 6));

        Assert.AreEqual(first, second);
        Assert.AreNotEqual(first, other);
    }

    [TestMethod]
    public void Every_image_has_a_stroke_of_its_own_and_a_dark_ground()
    {
        using var folder = new TemporaryFolder();
        ImageFile[] images = SyntheticDigits.Draw(folder.Root, imagesPerDigit: 20, seed: 3);

        Assert.AreEqual(images.Length, images.Select(image => Convert.ToBase64String(File.ReadAllBytes(image.Path))).Distinct().Count());
        foreach (ImageFile image in images)
        {
            using SKBitmap picture = SKBitmap.Decode(image.Path);
            double ink = picture.Pixels.Count(pixel => pixel.Red > 128) / (28.0 * 28.0);
            Assert.IsTrue(ink is > 0.01 and < 0.45, $"{image.Path} has ink on {ink:P0} of its pixels.");
        }
    }

    [TestMethod]
    public void Files_that_were_in_the_folder_stay_there_and_are_not_learnt_from()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["3"]);
        File.WriteAllText(folder["3", "mine.png"], "mine");

        ImageFile[] images = SyntheticDigits.Draw(folder.Root, imagesPerDigit: 1, seed: 1);

        Assert.AreEqual("mine", File.ReadAllText(folder["3", "mine.png"]));
        Assert.DoesNotContain(folder["3", "mine.png"], images.Select(image => image.Path));
    }

    private static string AllBytes(ImageFile[] images) => Convert.ToBase64String([.. images.SelectMany(image => File.ReadAllBytes(image.Path))]);
}
