using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;
using SkiaSharp;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A row that its source cannot give, such as a text file among images, is named by its number, with the cause inside.</summary>
[TestClass]
public sealed class UnreadableRowTests
{
    private const int Damaged = 7;
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(null)]
    [DataRow(1L, DisplayName = "rows that are read anew in each epoch")]
    public void A_text_file_among_images(long? memoryBudget)
    {
        using var folder = new TemporaryFolder();
        IDataView images = Images(folder, damaged: true), good = Images(folder, damaged: false);
        SimpleNnMulticlassTrainer trainer = Trainer(memoryBudget);

        foreach ((string data, Action fit) in new (string, Action)[] { ("training data", () => trainer.Fit(images)), ("validation data", () => trainer.Fit(good, images)) })
        {
            var error = Assert.ThrowsExactly<InvalidOperationException>(fit);
            Assert.StartsWith($"Row 8 of the {data} (counted from 1) cannot be read in column 'Features': ", error.Message);
            Assert.EndsWith(" Correct the row, or the file that it comes from, or leave it out before the trainer.", error.Message);
            Assert.IsNotNull(error.InnerException);
            Assert.Contains(error.InnerException.Message.TrimEnd('.'), error.Message);
        }
    }

    [TestMethod]
    public void Cancelling_is_no_fault_of_the_row()
    {
        using var source = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        SimpleNnMulticlassTrainer trainer = _ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { CancellationToken = source.Token });
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Images(folder, damaged: false)));
    }

    private SimpleNnMulticlassTrainer Trainer(long? memoryBudget) => _ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
    {
        HiddenLayers = [2],
        NumberOfEpochs = 2,
        EarlyStopping = false,
        MemoryBudget = memoryBudget,
    });

    private IDataView Images(TemporaryFolder folder, bool damaged)
    {
        string name = damaged ? "damaged" : "good";
        Directory.CreateDirectory(folder[name]);
        var rows = Enumerable.Range(0, 20).Select(i => new ImageRow { Path = folder[name, $"{i}.png"], Label = i % 2 == 0 ? "dark" : "bright" }).ToArray();
        for (int i = 0; i < rows.Length; i++) Draw(rows[i].Path, (byte)(i % 2 == 0 ? 20 + i : 200 + i));
        if (damaged) File.WriteAllText(rows[Damaged].Path, "This is no image.");
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.LoadImages("Image", imageFolder: null, nameof(ImageRow.Path)))
            .Append(_ml.Transforms.ResizeImages("Image", 4, 4))
            .Append(_ml.Transforms.ExtractPixels("Features", "Image"))
            .Fit(data).Transform(data);
    }

    private static void Draw(string path, byte grey)
    {
        using var bitmap = new SKBitmap(4, 4);
        bitmap.Erase(new SKColor(grey, grey, grey));
        using FileStream stream = File.Create(path);
        bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
    }

    private sealed class ImageRow
    {
        public string Path { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
