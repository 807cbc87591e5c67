using SkiaSharp;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

[TestClass]
public sealed class ReadmeTests
{
    /// <summary>Pictures of one bright square, circle or stripe each, at random places: easy, but not to be told apart by one pixel.</summary>
    private static readonly Dictionary<string, Action<SKCanvas, float, float, SKPaint>> Shapes = new()
    {
        ["circle"] = (canvas, x, y, paint) => canvas.DrawCircle(x, y, 6, paint),
        ["square"] = (canvas, x, y, paint) => canvas.DrawRect(x - 9, y - 9, 18, 18, paint),
        ["stripe"] = (canvas, x, y, paint) => canvas.DrawRect(x - 1, 0, 3, 32, paint),
    };

    [TestMethod]
    public void The_quick_start_runs_and_tells_the_shapes_apart()
    {
        string folder = Directory.CreateTempSubdirectory("simplenn-readme").FullName;
        try
        {
            DrawPictures(folder, count: 60);
            string newPicture = Path.Combine(folder, "new.png");
            Draw("square", 15, 15, newPicture);

            (double microAccuracy, Prediction prediction) = QuickStart.Run(folder, newPicture);

            Assert.IsGreaterThan(0.9, microAccuracy);
            Assert.AreEqual("square", prediction.PredictedLabel);
            Assert.AreEqual(1f, prediction.Score.Sum(), 1e-5f);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            File.Delete("pictures.zip");
        }
    }

    [TestMethod]
    public void README_shows_the_program_that_runs_here()
    {
        string readme = Normalize(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        string source = Path.Combine(Repository.Root, "tests", "Microsoft.ML.SimpleNn.Tests", "Readme", "QuickStart.cs");
        string[] parts = File.ReadAllText(source).Split("// README begin");
        Assert.HasCount(3, parts);
        foreach (string part in parts[1..])
        {
            string code = Normalize(part.Split("// README end")[0]).Replace("internal sealed class", "public class", StringComparison.Ordinal);
            Assert.Contains(code, readme);
        }
    }

    /// <summary>The text without indentation, which differs between a method and a page.</summary>
    private static string Normalize(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();

    private static void DrawPictures(string folder, int count)
    {
        var random = new Random(1);
        foreach (string shape in Shapes.Keys)
        {
            Directory.CreateDirectory(Path.Combine(folder, shape));
            for (int i = 0; i < count; i++) Draw(shape, random.Next(10, 22), random.Next(10, 22), Path.Combine(folder, shape, $"{i}.png"));
        }
    }

    private static void Draw(string shape, float x, float y, string path)
    {
        using var bitmap = new SKBitmap(32, 32);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
        canvas.Clear(SKColors.Black);
        Shapes[shape](canvas, x, y, paint);
        using FileStream stream = File.Create(path);
        bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
    }
}
