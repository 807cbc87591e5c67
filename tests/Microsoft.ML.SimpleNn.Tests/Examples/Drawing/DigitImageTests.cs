using System.Numerics;
using DigitDrawing.Digits;
using DigitImages.Data;
using DrawingLoad;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

[TestClass]
public sealed class DigitImageTests
{
    [TestMethod]
    public void A_pen_of_radius_1_on_the_line_between_two_rows_of_pixels_covers_both()
    {
        float[] ink = Pen.Draw([[new(10, 14), new(20, 14)]], radius: 1);

        // The centres of the rows 13 and 14 are half a pixel from the line, within the pen; those of 12 and 15 one and a half, where its edge has ended.
        for (int y = 0; y < 28; y++) Assert.AreEqual(y is 13 or 14 ? 1 : 0, ink[y * 28 + 15], 1e-6, $"row {y}");
        // The centre of pixel 20 is half a pixel behind the end, and half beside the line: the root of a half away. Pixel 21 is 1.58 away.
        Assert.AreEqual(1.5 - Math.Sqrt(0.5), ink[13 * 28 + 20], 1e-5, "the end is round");
        Assert.AreEqual(0, ink[13 * 28 + 21], 1e-6);
    }

    [TestMethod]
    public void Ink_fills_a_box_of_20_pixels_whatever_the_size_and_the_place_of_the_drawing()
    {
        Vector2[] zigzag = [new(0, 0), new(60, 0), new(0, 100), new(60, 100)];

        float[] image = DigitImage.Draw([zigzag], smallestExtent: 10);
        float[] moved = DigitImage.Draw([Array.ConvertAll(zigzag, point => point * 7 + new Vector2(130, 55))], 10);

        int[] rows = [.. Enumerable.Range(0, 28).Where(y => image[(y * 28)..(y * 28 + 28)].Any(pixel => pixel > 0.5f))];
        Assert.AreEqual((4, 23), (rows[0], rows[^1]));
        for (int i = 0; i < image.Length; i++) Assert.AreEqual(image[i], moved[i], 1e-3);
    }

    [TestMethod]
    public void The_center_of_mass_is_the_center_of_the_image()
    {
        float[] seven = DigitImage.Draw([[new(0, 0), new(70, 0), new(40, 100)]], smallestExtent: 10);

        double mass = seven.Sum();
        double x = seven.Select((ink, i) => ink * (i % 28 + 0.5)).Sum() / mass;
        double y = seven.Select((ink, i) => ink * (i / 28 + 0.5)).Sum() / mass;
        Assert.AreEqual(14, x, 0.1);
        Assert.AreEqual(14, y, 0.1);
    }

    [TestMethod]
    public void A_dot_stays_a_dot()
    {
        float[] dot = DigitImage.Draw([[new(900, 10)]], smallestExtent: 100);

        // A circle of radius 1.25 has 4.9 pixels.
        Assert.AreEqual(Math.PI * 1.25 * 1.25, dot.Sum(), 0.5);
    }

    [TestMethod]
    public void Drawn_digits_have_as_much_ink_as_those_of_MNIST()
    {
        byte[][] mnist = IdxFile.ReadImages(Repository.SharedData("mnist", "t10k-images-idx3-ubyte.gz")).Images;

        double ofMnist = mnist.Average(pixels => pixels.Sum(pixel => pixel / 255.0));
        double ofDrawings = ScriptedDrawings.All.Average(drawing => DigitImage.Draw([.. drawing.Strokes.Select(ToPoints)], smallestExtent: 100).Sum());

        Assert.AreEqual(1, ofDrawings / ofMnist, 0.15);
    }

    [TestMethod]
    public void The_seed_decides_every_made_digit()
    {
        float[][] first = [.. MadeDigits.Make(2, seed: 5).Select(row => row.Pixels)];
        float[][] second = [.. MadeDigits.Make(2, seed: 5).Select(row => row.Pixels)];

        Assert.HasCount(20, first);
        for (int i = 0; i < first.Length; i++) CollectionAssert.AreEqual(first[i], second[i]);
        CollectionAssert.AreNotEqual(first[0], first[10], "two zeros by two hands");
    }

    private static Vector2[] ToPoints(float[][] stroke) => Array.ConvertAll(stroke, point => new Vector2(point[0], point[1]));
}
