using System.Globalization;
using DigitImages;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

/// <summary>Runs the example's entry point as the command line does.</summary>
[TestClass]
public sealed class DigitImagesTests
{
    [TestMethod]
    public void Help_explains_every_option_and_shows_an_example()
    {
        (int exitCode, string output, string error) = Run("--help");

        Assert.AreEqual((0, ""), (exitCode, error));
        foreach (string option in new[] { "--mnist", "--images", "--output", "--hidden", "--epochs", "--seed", "--help", "Example:" })
            Assert.Contains(option, output);
    }

    [TestMethod]
    [DataRow("--mnists . ", "The option '--mnists' is not known; --help lists the options.")]
    [DataRow("--mnist", "The option --mnist needs a value after it; --help shows an example.")]
    [DataRow("--images --seed 1", "The option --images needs a value after it; --help shows an example.")]
    [DataRow("--epochs 0", "The option --epochs needs whole numbers from 1 upwards, but '0' was given.")]
    [DataRow("--hidden 128,,64", "The option --hidden needs whole numbers from 1 upwards, but '' was given.")]
    [DataRow("--seed one", "The option --seed needs whole numbers from 0 upwards, but 'one' was given.")]
    [DataRow("--mnist a --images b", "The options --mnist and --images exclude each other; give one of them.")]
    public void A_wrong_command_line_ends_in_one_sentence(string arguments, string message)
    {
        AssertRefused(message, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void A_missing_folder_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        string missing = folder["no-such-folder"];

        AssertRefused($"The folder '{missing}' given with --images does not exist.", "--images", missing, "--output", folder["out"]);
        AssertRefused($"The folder '{missing}' given with --mnist does not exist.", "--mnist", missing, "--output", folder["out"]);
    }

    [TestMethod]
    public void An_empty_folder_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        string empty = Directory.CreateDirectory(folder["empty"]).FullName;

        AssertRefused($"The folder '{empty}' needs at least two class folders of JPEG or PNG files, but it has none.", "--images", empty, "--output", folder["out"]);
        AssertRefused($"The folder '{empty}' has neither 'train-images-idx3-ubyte' nor 'train-images-idx3-ubyte.gz', one of the four MNIST files.", "--mnist", empty, "--output", folder["out"]);
    }

    [TestMethod]
    public void A_folder_with_one_class_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["photos", "cats"]);

        AssertRefused($"The folder '{folder["photos"]}' needs at least two class folders of JPEG or PNG files, but it has only 'cats'.", "--images", folder["photos"], "--output", folder["out"]);
    }

    [TestMethod]
    public void A_class_without_images_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["photos", "cats"]);
        Directory.CreateDirectory(folder["photos", "dogs"]);

        AssertRefused(
            $"The class folder '{folder["photos", "cats"]}' needs at least two JPEG or PNG files, one to learn from and one for the test, but has 0.",
            "--images", folder["photos"], "--output", folder["out"]);
    }

    [TestMethod]
    public void A_damaged_image_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "cats", "dogs" })
        {
            Directory.CreateDirectory(folder["photos", name]);
            File.WriteAllText(folder["photos", name, "1.jpg"], "no image");
            File.WriteAllText(folder["photos", name, "2.jpg"], "");
        }

        AssertRefused(
            $"The image '{folder["photos", "cats", "1.jpg"]}' cannot be read or is damaged, and so are 3 others; repair or remove it, or leave such images out with --skip-damaged.",
            "--images", folder["photos"], "--output", folder["out"]);
    }

    [TestMethod]
    [DataRow("train-labels-idx1-ubyte", "do not belong together: 8 images, 7 labels", new byte[] { 0, 0, 8, 1, 0, 0, 0, 7, 0, 1, 0, 1, 0, 1, 0 })]
    [DataRow("train-labels-idx1-ubyte", "All training images", new byte[] { 0, 0, 8, 1, 0, 0, 0, 8, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [DataRow("t10k-labels-idx1-ubyte", "have the class '5', which no training image has", new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 0, 5 })]
    [DataRow("t10k-images-idx3-ubyte", "2x2 pixels to train on, 1x1 to test on", new byte[] { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 7 })]
    [DataRow("t10k-images-idx3-ubyte", "truncated: it announces 2 images and ends after 0", new byte[] { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 7 })]
    public void IDX_files_that_cannot_be_used_end_in_one_sentence(string file, string message, byte[] content)
    {
        using TemporaryFolder folder = SmallMnist(trainingImages: 8);
        File.WriteAllBytes(folder[file], content);

        (int exitCode, _, string error) = Run("--mnist", folder.Root, "--output", folder["out"]);

        Assert.AreEqual(1, exitCode);
        Assert.Contains(message, error);
        Assert.HasCount(1, error.Trim().Split('\n'));
    }

    [TestMethod]
    public void An_output_folder_that_is_a_file_ends_in_one_sentence()
    {
        using TemporaryFolder folder = SmallMnist(trainingImages: 8);
        File.WriteAllText(folder["out"], "mine");

        (int exitCode, _, string error) = Run("--mnist", folder.Root, "--output", folder["out"]);

        Assert.AreEqual(1, exitCode);
        Assert.Contains(folder["out"], error);
        Assert.HasCount(1, error.Trim().Split('\n'));
        Assert.AreEqual("mine", File.ReadAllText(folder["out"]));
    }

    [TestMethod]
    public void What_the_trainer_refuses_ends_in_one_sentence()
    {
        using TemporaryFolder folder = SmallMnist(trainingImages: 8);

        (int exitCode, _, string error) = Run("--mnist", folder.Root, "--output", folder["out"], "--hidden", "2000000000");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("fewer units in HiddenLayers", error);
        Assert.HasCount(1, error.Trim().Split('\n'));
    }

    [TestMethod]
    public void A_cancelled_training_that_has_no_network_yet_ends_in_one_sentence()
    {
        using TemporaryFolder folder = SmallMnist(trainingImages: 400);
        var error = new StringWriter();

        int exitCode = Program.Run(["--mnist", folder.Root, "--output", folder["out"]], TextWriter.Null, error, new CancellationToken(canceled: true));

        Assert.AreEqual((1, "Cancelled before the first epoch was over: there is no network to keep."), (exitCode, error.ToString().TrimEnd()));
    }

    [TestMethod]
    public void Learns_from_IDX_files_and_leaves_a_model_and_pictures()
    {
        using TemporaryFolder folder = SmallMnist(trainingImages: 400);

        (int exitCode, string output, string error) = Run("--mnist", folder.Root, "--output", folder["out"], "--hidden", "8", "--epochs", "30");

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("Training on 400 images of 2 classes; 2 others are for the test.", output);
        Assert.Contains("Micro accuracy 1.0000   macro accuracy 1.0000", output);
        Assert.Contains("takes the first test image, a '0', for a '0'", output);
        foreach (string file in new[] { "model.zip", "loss-curve.svg", "confusion-matrix.svg", "mistakes.png" })
            Assert.IsTrue(File.Exists(folder["out", file]), file);
        Assert.DoesNotContain('\u001b', output, "redirected output has no control sequences");
    }

    /// <summary>Images of 2x2 pixels: class 0 is bright at the left, class 1 at the right.</summary>
    private static TemporaryFolder SmallMnist(int trainingImages)
    {
        var folder = new TemporaryFolder();
        byte[][] images = [.. Enumerable.Range(0, trainingImages).Select(i => Image(i % 2, (byte)(i % 50)))];
        File.WriteAllBytes(folder["train-images-idx3-ubyte"], IdxBytes.Images(2, 2, images));
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], IdxBytes.Labels([.. Enumerable.Range(0, trainingImages).Select(i => (byte)(i % 2))]));
        File.WriteAllBytes(folder["t10k-images-idx3-ubyte.gz"], IdxBytes.Gzip(IdxBytes.Images(2, 2, Image(0, 20), Image(1, 30))));
        File.WriteAllBytes(folder["t10k-labels-idx1-ubyte"], IdxBytes.Labels(0, 1));
        return folder;

        static byte[] Image(int label, byte shade) => label == 0 ? [(byte)(200 + shade), shade, (byte)(190 + shade), shade] : [shade, (byte)(200 + shade), shade, (byte)(190 + shade)];
    }

    private static void AssertRefused(string message, params string[] arguments)
    {
        (int exitCode, _, string error) = Run(arguments);

        Assert.AreEqual((1, message), (exitCode, error.TrimEnd()));
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        StringWriter output = new(), error = new();
        int exitCode = Program.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
