using System.Globalization;
using Microsoft.ML.Data;
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
    public void The_pictures_are_told_apart_after_saving_and_loading()
    {
        string folder = Directory.CreateTempSubdirectory("simplenn-readme").FullName;
        try
        {
            DrawPictures(folder, count: 60);
            string newPicture = Path.Combine(folder, "new.png");
            Draw("square", 15, 15, newPicture);

            (double microAccuracy, Prediction prediction) = Pictures.Run(folder, newPicture);

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
    public void The_lines_on_ONNX_run_and_give_the_scores_of_PyTorch()
    {
        try
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Onnx", "Exported", "pytorch-classes.onnx"), "network.onnx", overwrite: true);
            var ml = new MLContext(seed: 1);
            IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Point([i, 60 - i], i > 30)));

            float[] scores = OnnxModels.Run(ml, rows, [-0.63173312f, 1.37895262f, 0.64292222f, -0.40194434f]);

            Loss.SoftmaxCrossEntropy.ToPrediction(scores, 1, 3); // what PyTorch printed: 0.2846, 0.2997, 0.4157
            Assert.AreEqual(0.284615f, scores[0], 1e-5f);
            Assert.AreEqual(0.299678f, scores[1], 1e-5f);
            Assert.IsTrue(File.Exists("model.onnx"));
        }
        finally
        {
            File.Delete("network.onnx");
            File.Delete("model.onnx");
        }
    }

    [TestMethod]
    public void The_lines_on_ONNX_convert_a_pipeline_from_its_columns_on()
    {
        try
        {
            var ml = new MLContext(seed: 1);
            OnnxModels.Convert(ml, ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new { Town = i % 2 == 0 ? "Ahlen" : "Bonn", Area = 50f + i, Rooms = 1f + i % 5, Price = 1000f * i })));

            using var session = new OnnxRuntime.InferenceSession("houses.onnx");
            CollectionAssert.AreEquivalent(new[] { "Town", "Area", "Rooms", "Price" }, session.InputNames.ToArray());
            Assert.Contains("Score.output", session.OutputNames);
        }
        finally
        {
            File.Delete("houses.onnx");
        }
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
    public void The_start_learns_the_circle()
    {
        try
        {
            Assert.IsGreaterThan(0.95, Start.Run());
            Assert.IsTrue(File.Exists("circle.zip"));
        }
        finally
        {
            File.Delete("circle.zip");
        }
    }

    [TestMethod]
    public void The_lines_on_images_tell_the_shapes_apart()
    {
        string folder = Directory.CreateTempSubdirectory("simplenn-readme").FullName;
        try
        {
            DrawPictures(folder, count: 60);
            Assert.IsGreaterThan(0.8, Images.Run(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void The_lines_on_tables_predict_prices()
    {
        string file = Path.GetTempFileName();
        try
        {
            var random = new Random(1);
            string[] towns = ["Ulm", "Rome", "Kyoto"];
            File.WriteAllLines(file, Enumerable.Range(0, 400).Select(_ => (Area: random.Next(40, 200), Rooms: random.Next(1, 7), Town: random.Next(3)))
                .Select(house => string.Create(CultureInfo.InvariantCulture, $"{house.Area},{house.Rooms},{towns[house.Town]},{house.Area * (1000 + (500 * house.Town)) + (5000 * house.Rooms)}"))
                .Prepend("Area,Rooms,Town,Price"));

            Assert.IsGreaterThan(0.9, Tables.Run(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void The_lines_on_texts_find_spam()
    {
        string[] spam = ["win", "prize", "won", "free", "claim"], plain = ["lunch", "meeting", "tomorrow", "report", "train"];
        var random = new Random(1);
        Message[] messages = [.. Enumerable.Range(0, 200).Select(i => new Message { IsSpam = i % 2 == 0, Text = string.Join(' ', Enumerable.Range(0, 5).Select(_ => (i % 2 == 0 ? spam : plain)[random.Next(5)])) })];

        Assert.IsGreaterThan(0.5f, Texts.Run(messages));
    }

    [TestMethod]
    public void The_lines_on_numbers_train_on_each_kind_of_label()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(CatalogRow.Rows());

        int[] sizes = [.. Numbers.Run(ml).Select(trainer => trainer.Fit(rows).Transform(rows).Schema["Score"].Type).Select(type => (type as VectorDataViewType)?.Size ?? 1)];

        CollectionAssert.AreEqual(new[] { 1, 2, 3, 2 }, sizes);
    }

    [TestMethod]
    public void The_lines_on_the_engine_learn_exclusive_or()
    {
        bool[] isOne = Array.ConvertAll(EngineAlone.Run(), output => output > 0.5f);

        CollectionAssert.AreEqual(new[] { false, true, true, false }, isOne);
    }

    [TestMethod]
    public void The_examples_of_the_catalog_methods_train()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(CatalogRow.Rows());
        (IEstimator<ITransformer> Estimator, string Column)[] examples =
        [
            (CatalogExamples.Multiclass(ml), "PredictedLabel"), (CatalogExamples.Binary(ml), "Probability"),
            (CatalogExamples.BinaryOptions(ml), "Probability"), (CatalogExamples.Autoencoder(ml), "Score"), (CatalogExamples.AutoencoderOptions(ml), "Score"),
            (CatalogExamples.Regression(ml), "Score"), (CatalogExamples.RegressionOptions(ml), "Score"), (CatalogExamples.Encode(ml), "Probability"), (CatalogExamples.EncodeByModel(ml, rows), "Code"),
        ];

        foreach ((IEstimator<ITransformer> estimator, string column) in examples)
            Assert.IsNotNull(estimator.Fit(rows).Transform(rows).Schema.GetColumnOrNull(column));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        Assert.IsNotNull(CatalogExamples.MulticlassOptions(ml).Fit(keyed).Transform(keyed).Schema.GetColumnOrNull("Score"));
    }

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
