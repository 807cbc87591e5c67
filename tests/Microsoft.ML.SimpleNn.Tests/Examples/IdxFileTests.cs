using DigitImages;
using DigitImages.Data;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class IdxFileTests
{
    private static readonly byte[] TwoImages = IdxBytes.Images(2, 3, [0, 1, 2, 3, 4, 255], [9, 8, 7, 6, 5, 4]);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Reads_images_row_by_row(bool packed)
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, packed ? IdxBytes.Gzip(TwoImages) : TwoImages, packed ? "images.gz" : "images");

        (byte[][] images, int rows, int columns) = IdxFile.ReadImages(path);

        Assert.AreEqual((2, 3), (rows, columns));
        Assert.HasCount(2, images);
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3, 4, 255 }, images[0]);
        CollectionAssert.AreEqual(new byte[] { 9, 8, 7, 6, 5, 4 }, images[1]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Reads_labels(bool packed)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = IdxBytes.Labels(7, 0, 255);

        byte[] labels = IdxFile.ReadLabels(Write(folder, packed ? IdxBytes.Gzip(bytes) : bytes, packed ? "labels.gz" : "labels"));

        CollectionAssert.AreEqual(new byte[] { 7, 0, 255 }, labels);
    }

    [TestMethod]
    public void Reads_the_published_MNIST_files()
    {
        string folder = Repository.SharedData("mnist");

        (byte[][] images, int rows, int columns) = IdxFile.ReadImages(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"));
        byte[] labels = IdxFile.ReadLabels(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));

        Assert.AreEqual((10_000, 28, 28), (images.Length, rows, columns));
        // The counts of each digit in the test set, as the literature gives them.
        int[] counts = [.. labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        CollectionAssert.AreEqual(new[] { 980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009 }, counts);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(11)]
    [DataRow(16)]
    [DataRow(27)]
    public void Says_where_a_truncated_image_file_ends(int length)
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, TwoImages[..length]);

        InputException error = Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(length < 16 ? "ends within its header" : $"announces 2 images and ends after {(length - 16) / 6}", error.Message);
    }

    [TestMethod]
    public void Says_where_a_truncated_label_file_ends()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, IdxBytes.Labels(1, 2, 3)[..^1]);

        InputException error = Assert.ThrowsExactly<InputException>(() => IdxFile.ReadLabels(path));

        Assert.Contains("announces 3 labels and ends after 2", error.Message);
    }

    [TestMethod]
    public void Refuses_more_elements_than_announced()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, [.. TwoImages, 0]);

        InputException error = Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(path));

        Assert.Contains("announces 2 images and goes on after them", error.Message);
    }

    [TestMethod]
    public void Refuses_labels_where_images_are_expected()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, IdxBytes.Labels(1, 2, 3));

        InputException error = Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(path));

        Assert.Contains("no IDX file of images: it begins with 00000801, expected was 00000803", error.Message);
    }

    [TestMethod]
    public void A_header_that_announces_too_much_ends_in_a_message()
    {
        using var folder = new TemporaryFolder();
        byte[] manyImages = [0, 0, 8, 3, 127, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3];
        byte[] hugeImages = [0, 0, 8, 3, 0, 0, 0, 1, 127, 255, 255, 255, 127, 255, 255, 255];

        Assert.Contains("announces 2,147,483,647 images and ends after 0", Error(manyImages));
        Assert.Contains("2147483647x2147483647", Error(hugeImages));

        string Error(byte[] bytes) => Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(Write(folder, bytes))).Message;
    }

    [TestMethod]
    public void Refuses_a_damaged_gzip_file()
    {
        using var folder = new TemporaryFolder();
        string notPacked = Write(folder, TwoImages, "images.gz");
        string cutOff = Write(folder, IdxBytes.Gzip(TwoImages)[..^12], "cut.gz");

        Assert.Contains(notPacked, Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(notPacked)).Message);
        Assert.Contains(cutOff, Assert.ThrowsExactly<InputException>(() => IdxFile.ReadImages(cutOff)).Message);
    }

    private static string Write(TemporaryFolder folder, byte[] bytes, string name = "idx")
    {
        string path = folder[name];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
