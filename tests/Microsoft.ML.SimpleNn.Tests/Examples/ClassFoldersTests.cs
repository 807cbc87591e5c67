using DigitImages;
using DigitImages.Data;
using SkiaSharp;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class ClassFoldersTests
{
    [TestMethod]
    public void Lists_JPEG_and_PNG_files_with_their_folder_as_class()
    {
        using TemporaryFolder folder = Pictures(("cat", "a.png"), ("cat", "b.JPG"), ("dog", "c.jpeg"), ("dog", "d.jpg"));

        ImageFile[] images = ClassFolders.Load(folder.Root, TextWriter.Null);

        CollectionAssert.AreEqual(
            new[] { ("cat", "a.png"), ("cat", "b.JPG"), ("dog", "c.jpeg"), ("dog", "d.jpg") },
            images.Select(image => (image.Label, Path.GetFileName(image.Path))).ToArray());
    }

    [TestMethod]
    public void Finds_class_folders_that_lie_one_level_deeper()
    {
        using TemporaryFolder folder = Pictures(("cat", "a.png"), ("cat", "b.png"), ("dog", "c.png"), ("dog", "d.png"));
        using var archive = new TemporaryFolder();
        Directory.Move(folder.Root, archive["photos"]);
        var output = new StringWriter();

        Assert.HasCount(4, ClassFolders.Load(archive.Root, output));

        Assert.Contains($"The class folders lie in '{archive["photos"]}'.", output.ToString());
        Directory.Move(archive["photos"], folder.Root);
    }

    [TestMethod]
    public void Tells_of_files_that_are_left_out()
    {
        using TemporaryFolder folder = Pictures(("cat", "a.png"), ("cat", "b.png"), ("dog", "c.png"), ("dog", "d.png"));
        File.WriteAllText(folder["dog", "notes.txt"], "");
        File.WriteAllText(folder["readme.md"], "");
        var output = new StringWriter();

        Assert.HasCount(4, ClassFolders.Load(folder.Root, output));

        Assert.Contains("JPEG nor PNG", output.ToString());
        Assert.Contains(": 2 (the first is", output.ToString());
        Assert.Contains("notes.txt", output.ToString());
    }

    [TestMethod]
    public void Finds_a_truncated_image()
    {
        using TemporaryFolder folder = Pictures(("cat", "a.jpg"), ("cat", "b.jpg"), ("dog", "c.jpg"), ("dog", "d.jpg"));
        string path = folder["dog", "c.jpg"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^300]);

        InputException error = Assert.ThrowsExactly<InputException>(() => ClassFolders.Load(folder.Root, TextWriter.Null));

        Assert.AreEqual($"The image '{path}' cannot be read or is damaged; repair or remove it, or leave such images out with --skip-damaged.", error.Message);
    }

    [TestMethod]
    public void Damaged_images_and_texts_named_as_images_are_left_out_and_counted_if_that_is_asked()
    {
        using TemporaryFolder folder = Pictures(("cat", "a.jpg"), ("cat", "b.jpg"), ("dog", "c.jpg"), ("dog", "d.jpg"), ("dog", "e.jpg"), ("cat", "f.jpg"));
        File.WriteAllText(folder["cat", "a.jpg"], "This is no image.");
        File.WriteAllBytes(folder["dog", "e.jpg"], File.ReadAllBytes(folder["dog", "e.jpg"])[..^300]);
        var output = new StringWriter();

        CollectionAssert.AreEqual(new[] { "b.jpg", "f.jpg", "c.jpg", "d.jpg" }, ClassFolders.Load(folder.Root, output, skipDamaged: true).Select(image => Path.GetFileName(image.Path)).ToArray());
        Assert.AreEqual($"Left out, as they cannot be read or are damaged: 2 of 6 images (the first is '{folder["cat", "a.jpg"]}').{Environment.NewLine}", output.ToString());
        File.WriteAllText(folder["cat", "b.jpg"], "Nor is this.");
        Assert.EndsWith("needs at least two JPEG or PNG files, one to learn from and one for the test, but has 1.",
            Assert.ThrowsExactly<InputException>(() => ClassFolders.Load(folder.Root, TextWriter.Null, skipDamaged: true)).Message);
    }

    [TestMethod]
    public void Splits_each_class_and_loses_no_image()
    {
        ImageFile[] images =
        [
            .. Enumerable.Range(0, 50).Select(i => new ImageFile { Path = $"large/{i}", Label = "large" }),
            .. Enumerable.Range(0, 10).Select(i => new ImageFile { Path = $"small/{i}", Label = "small" }),
            .. Enumerable.Range(0, 2).Select(i => new ImageFile { Path = $"tiny/{i}", Label = "tiny" }),
        ];

        (ImageFile[] training, ImageFile[] test) = ClassFolders.Split(images, testFraction: 0.2, seed: 1);

        Assert.AreEqual((10, 2, 1), (CountOf("large"), CountOf("small"), CountOf("tiny")));
        CollectionAssert.AreEquivalent(images, training.Concat(test).ToArray());

        int CountOf(string label) => test.Count(image => image.Label == label);
    }

    [TestMethod]
    public void The_seed_decides_the_split()
    {
        ImageFile[] images = [.. Enumerable.Range(0, 40).Select(i => new ImageFile { Path = $"{i:D2}", Label = $"{i % 2}" })];

        Assert.AreEqual(Split(1), Split(1));
        Assert.AreNotEqual(Split(1), Split(2));

        string Split(int seed) => string.Join(' ', ClassFolders.Split(images, 0.2, seed).Test.Select(image => image.Path));
    }

    private static TemporaryFolder Pictures(params (string Class, string Name)[] files)
    {
        var folder = new TemporaryFolder();
        foreach ((string label, string name) in files)
        {
            Directory.CreateDirectory(folder[label]);
            using SKBitmap picture = GreyPicture.Create([.. Enumerable.Range(0, 1024).Select(i => (byte)(i * 37))], 32, 32);
            using SKData data = picture.Encode(name.EndsWith("png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
            File.WriteAllBytes(folder[label, name], data.ToArray());
        }
        return folder;
    }
}
