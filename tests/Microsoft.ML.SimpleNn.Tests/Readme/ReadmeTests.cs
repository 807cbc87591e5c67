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
    public void The_lines_on_autoencoders_run_and_find_anomalies()
    {
        var ml = new MLContext(seed: 1);
        List<Reading> rows = Reading.Rows(100, 20, seed: 2);
        (IDataView scored, float[] blame, IDataView stricter, _) = Anomalies.Run(ml, ml.Data.LoadFromEnumerable(Reading.Rows(500)), ml.Data.LoadFromEnumerable(rows), rows[^1].Features);
        int flagged = AutoencoderTask.Labels(scored).Count(label => label);

        Assert.IsInRange(10, 40, flagged);
        Assert.IsLessThan(flagged, AutoencoderTask.Labels(stricter).Count(label => label));
        Assert.HasCount(Reading.FeatureCount, blame);
    }

    [TestMethod]
    public void The_lines_on_long_trainings_run_and_give_the_same_model_again()
    {
        try
        {
            float[] weights = LongTraining.Run(new MLContext(seed: 1), Rows()).Network.AllWeights();

            Assert.IsTrue(File.Exists("training.checkpoint"));
            CollectionAssert.AreEqual(weights, LongTraining.Run(new MLContext(seed: 1), Rows()).Network.AllWeights());
        }
        finally
        {
            File.Delete("training.checkpoint");
            File.Delete("training.checkpoint.previous");
        }

        static IDataView Rows() => BlobTask.Keyed(new MLContext(), Blob.Rows(60));
    }

    [TestMethod]
    public void README_shows_the_programs_that_run_here()
    {
        string readme = Normalize(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        string folder = Path.Combine(Repository.Root, "tests", "Microsoft.ML.SimpleNn.Tests", "Readme");
        string[] parts = new[] { "QuickStart.cs", "Anomalies.cs", "LongTraining.cs" }.SelectMany(file => File.ReadAllText(Path.Combine(folder, file)).Split("// README begin")[1..]).ToArray();
        Assert.HasCount(4, parts);
        foreach (string part in parts)
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
