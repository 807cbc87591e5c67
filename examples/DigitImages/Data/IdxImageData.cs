using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace DigitImages.Data;

/// <summary>The MNIST database, or another one in its form, read straight from its four files.</summary>
internal sealed class IdxImageData : IImageData
{
    private readonly MLContext _ml;
    private readonly IdxImage[] _test;
    private readonly int _rows;
    private readonly int _columns;

    private IdxImageData(MLContext ml, IdxImage[] training, IdxImage[] test, int rows, int columns)
    {
        _ml = ml;
        _test = test;
        _rows = rows;
        _columns = columns;
        Training = ml.Data.LoadFromEnumerable(training, RowSchema());
        Test = ml.Data.LoadFromEnumerable(test, RowSchema());
        TrainingCount = training.Length;
        ClassCount = training.Select(image => image.Label).Distinct().Count();
        TestLabels = [.. test.Select(image => image.Label)];
    }

    public IDataView Training { get; }

    public IDataView Test { get; }

    public int TrainingCount { get; }

    public int ClassCount { get; }

    public IReadOnlyList<string> TestLabels { get; }

    /// <summary>Reads the four files from a folder.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or the files do not belong together.</exception>
    public static IdxImageData Load(MLContext ml, string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"The folder '{folder}' given with --mnist does not exist.");

        (IdxImage[] training, int rows, int columns) = ReadSet(folder, "train");
        (IdxImage[] test, int testRows, int testColumns) = ReadSet(folder, "t10k");
        if ((testRows, testColumns) != (rows, columns))
            throw new InputException($"The images in '{folder}' differ in size: {rows}x{columns} pixels to train on, {testRows}x{testColumns} to test on.");

        HashSet<string> classes = [.. training.Select(image => image.Label)];
        if (classes.Count < 2)
            throw new InputException($"All training images in '{folder}' are of the class '{classes.Single()}'; at least two classes are needed.");
        if (test.FirstOrDefault(image => !classes.Contains(image.Label)) is { } unknown)
            throw new InputException($"The test images in '{folder}' have the class '{unknown.Label}', which no training image has.");
        return new IdxImageData(ml, training, test, rows, columns);
    }

    public IEstimator<ITransformer> ToFeatures() =>
        _ml.Transforms.Conversion.ConvertType("Features", nameof(IdxImage.Pixels), DataKind.Single);

    public Prediction PredictTestImage(ITransformer model, int row)
    {
        using var engine = _ml.Model.CreatePredictionEngine<IdxImage, Prediction>(model, inputSchemaDefinition: RowSchema());
        return engine.Predict(_test[row]);
    }

    public SKBitmap GetTestPicture(int row) => GreyPicture.Create(_test[row].Pixels, _rows, _columns);

    /// <summary>A trainer needs to know how long the vectors are, which only the file tells.</summary>
    private SchemaDefinition RowSchema()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(IdxImage));
        schema[nameof(IdxImage.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, _rows * _columns);
        return schema;
    }

    private static (IdxImage[] Images, int Rows, int Columns) ReadSet(string folder, string set)
    {
        (byte[][] images, int rows, int columns) = IdxFile.ReadImages(Find(folder, $"{set}-images-idx3-ubyte"));
        byte[] labels = IdxFile.ReadLabels(Find(folder, $"{set}-labels-idx1-ubyte"));
        if (images.Length != labels.Length)
            throw new InputException($"The files '{set}-...' in '{folder}' do not belong together: {images.Length:N0} images, {labels.Length:N0} labels.");
        if (images.Length == 0)
            throw new InputException($"The files '{set}-...' in '{folder}' hold no image.");

        IEnumerable<IdxImage> rowsOfSet = images.Zip(labels, (pixels, label) => new IdxImage { Pixels = pixels, Label = label.ToString(CultureInfo.InvariantCulture) });
        return ([.. rowsOfSet], rows, columns);
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string packed = plain + ".gz";
        return File.Exists(plain) ? plain
            : File.Exists(packed) ? packed
            : throw new InputException($"The folder '{folder}' has neither '{name}' nor '{name}.gz', one of the four MNIST files.");
    }
}
