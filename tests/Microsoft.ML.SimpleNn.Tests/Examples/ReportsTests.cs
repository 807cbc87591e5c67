using System.Xml.Linq;
using DigitImages;
using DigitImages.Data;
using DigitImages.Reports;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class ReportsTests
{
    [TestMethod]
    public void Confusion_matrix_names_the_classes_and_counts_true_classes_in_rows()
    {
        using var folder = new TemporaryFolder();
        MulticlassClassificationMetrics metrics = Evaluate(("ant", "ant"), ("ant", "ant"), ("ant", "bee"), ("ant", "bee"), ("ant", "bee"), ("bee", "bee"));

        ConfusionMatrixChart.Write(metrics.ConfusionMatrix, ["ant", "bee"], folder["matrix.svg"]);

        string[] texts = Texts(folder["matrix.svg"]);
        foreach (string text in new[] { "ant", "bee", "true class", "predicted class" })
            Assert.Contains(text, texts);
        // Row by row: 2 ants were seen as ants, 3 as bees; no bee was seen as an ant, 1 as a bee.
        CollectionAssert.AreEqual(new[] { "2", "3", "0", "1" }, texts.Where(text => text.Length == 1).ToArray());
    }

    [TestMethod]
    public void Loss_curve_has_a_labelled_curve_for_each_measure_and_marks_the_kept_epoch()
    {
        using var folder = new TemporaryFolder();

        LossCurve.Write(new TrainingHistory([Epoch(1, 0.5), Epoch(2, 0.7), Epoch(3, 0.6)], bestEpoch: 2, StopReason.EarlyStopping), folder["curve.svg"]);

        string[] texts = Texts(folder["curve.svg"]);
        foreach (string text in new[] { "epoch", "loss (mean cross-entropy)", "training loss", "validation loss", "validation accuracy", "validation accuracy (right)", "the network of epoch 2 (dashed line) is kept" })
            Assert.Contains(text, texts);
    }

    [TestMethod]
    public void Loss_curve_without_validation_has_the_training_loss_alone()
    {
        using var folder = new TemporaryFolder();

        LossCurve.Write(new TrainingHistory([Epoch(1, null), Epoch(2, null)], bestEpoch: 2, StopReason.Completed), folder["curve.svg"]);

        string[] texts = Texts(folder["curve.svg"]);
        Assert.Contains("training loss", texts);
        Assert.IsFalse(texts.Any(text => text.StartsWith("validation", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Mistake_sheet_begins_with_the_most_confident_mistake()
    {
        using var folder = new TemporaryFolder();
        // Three images of one shade each: a right answer, a hesitant mistake, a confident mistake.
        var images = new PlainImages([10, 100, 200], ["a", "a", "a"]);
        Prediction[] predictions =
        [
            new() { PredictedLabel = "a", Score = [1, 0] },
            new() { PredictedLabel = "b", Score = [0.4f, 0.6f] },
            new() { PredictedLabel = "b", Score = [0.1f, 0.9f] },
        ];

        MistakeSheet.Write(images, predictions, folder["sheet.png"]);

        using SKBitmap sheet = SKBitmap.Decode(folder["sheet.png"]);
        byte[] shadesFromTheLeft = [.. Enumerable.Range(0, sheet.Width).Select(x => sheet.GetPixel(x, 100).Red).Where(shade => shade < 255).Distinct()];
        CollectionAssert.AreEqual(new byte[] { 200, 100 }, shadesFromTheLeft);
    }

    [TestMethod]
    public void Mistake_sheet_without_mistakes_says_so()
    {
        using var folder = new TemporaryFolder();

        MistakeSheet.Write(new PlainImages([10], ["a"]), [new() { PredictedLabel = "a", Score = [1, 0] }], folder["sheet.png"]);

        using SKBitmap sheet = SKBitmap.Decode(folder["sheet.png"]);
        Assert.IsTrue(sheet.Pixels.Any(pixel => pixel.Red < 100), "the sheet has a title");
    }

    private static EpochMetrics Epoch(int number, double? validation) => new()
    {
        Epoch = number,
        NumberOfEpochs = 3,
        TrainingLoss = 1.0 / number,
        ValidationLoss = validation,
        ValidationAccuracy = validation,
        LearningRate = 0.001f,
        IsBest = true,
        Elapsed = TimeSpan.FromSeconds(number),
    };

    private static string[] Texts(string svg) =>
        [.. XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    /// <summary>Lets ML.NET itself count the given true and predicted classes.</summary>
    private static MulticlassClassificationMetrics Evaluate(params (string Truth, string Predicted)[] rows)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(rows.Select(row => new Scored { Label = row.Truth, Score = row.Predicted == "ant" ? [0.9f, 0.1f] : [0.1f, 0.9f] }));
        return ml.MulticlassClassification.Evaluate(ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data));
    }

    private sealed class Scored
    {
        public string Label { get; set; } = "";

        public uint PredictedLabel { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Test images of 4x4 pixels of one shade each.</summary>
    private sealed class PlainImages(byte[] shades, string[] labels) : IImageData
    {
        public IDataView Training => throw new NotSupportedException();

        public IDataView Test => throw new NotSupportedException();

        public int TrainingCount => 0;

        public int ClassCount => 2;

        public IReadOnlyList<string> TestLabels => labels;

        public IEstimator<ITransformer> ToFeatures() => throw new NotSupportedException();

        public Prediction PredictTestImage(ITransformer model, int row) => throw new NotSupportedException();

        public SKBitmap GetTestPicture(int row) => GreyPicture.Create([.. Enumerable.Repeat(shades[row], 16)], 4, 4);
    }
}
