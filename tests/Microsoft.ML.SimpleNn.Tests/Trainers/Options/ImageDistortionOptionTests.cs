using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.SimpleNn;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The option that distorts images, and where the trainers learn the images' shape from.</summary>
[TestClass]
public sealed class ImageDistortionOptionTests
{
    private const int Rows = 80;

    [TestMethod]
    [DataRow(new[] { 784 }, 28, 28, 1, true, DisplayName = "a square in one dimension")]
    [DataRow(new[] { 28, 20 }, 28, 20, 1, true, DisplayName = "lines and columns")]
    [DataRow(new[] { 2, 3 }, 2, 3, 1, true, DisplayName = "few lines and columns")]
    [DataRow(new[] { 3, 20, 30 }, 20, 30, 3, true, DisplayName = "channels first")]
    [DataRow(new[] { 20, 30, 4 }, 20, 30, 4, false, DisplayName = "channels last")]
    [DataRow(new[] { 1, 9, 2000 }, 9, 2000, 1, true, DisplayName = "one channel")]
    public void The_shape_is_that_of_the_column(int[] dimensions, int height, int width, int channels, bool channelsFirst) =>
        Assert.AreEqual(new ImageShape(height, width, channels, channelsFirst), ImageShapes.Read(new MLContext(), Column(dimensions), given: null));

    [TestMethod]
    [DataRow(new[] { 12 }, "12")]
    [DataRow(new[] { 1 }, "1")]
    [DataRow(new[] { 2352 }, "2352", DisplayName = "three squares, whose order nobody knows")]
    [DataRow(new[] { 3, 4, 4 }, "3 x 4 x 4", DisplayName = "first or last")]
    [DataRow(new[] { 8, 8, 8 }, "8 x 8 x 8", DisplayName = "neither first nor last")]
    [DataRow(new[] { 2, 3, 8, 8 }, "2 x 3 x 8 x 8", DisplayName = "four dimensions")]
    [DataRow(new[] { 2, 40000 }, "2 x 40000", DisplayName = "too wide")]
    public void What_could_be_this_or_that_is_refused_with_the_remedy(int[] dimensions, string named)
    {
        Exception error = Assert.Throws<Exception>(() => ImageShapes.Read(new MLContext(), Column(dimensions), given: null));

        Assert.Contains($"ImageDistortion needs to know how the pixels lie in feature column 'Features', whose dimensions are {named}: set ImageShape", error.Message);
    }

    [TestMethod]
    public void A_given_shape_goes_before_the_columns_and_must_have_as_many_numbers()
    {
        var given = new ImageShape(7, 7, 3, ChannelsFirst: false);

        Assert.AreEqual(given, ImageShapes.Read(new MLContext(), Column([147]), given));
        Assert.AreEqual(given, ImageShapes.Read(new MLContext(), Column([3, 7, 7]), given));
        Exception error = Assert.Throws<Exception>(() => ImageShapes.Read(new MLContext(), Column([28, 28]), given));
        Assert.Contains("ImageShape is 7 x 7 pixels of 3, 147 numbers in all, but feature column 'Features' has 784", error.Message);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_pixels_that_ML_NET_extracts_are_in_the_order_of_the_shape(bool interleave)
    {
        var ml = new MLContext();
        // A pixel's red is its column, its green its line, its blue the two together.
        byte[] pixels = [.. Enumerable.Range(0, 5 * 6).SelectMany(i => new byte[] { (byte)(i % 6), (byte)(i / 6), (byte)i, 255 })];
        using MLImage image = MLImage.CreateFromPixels(width: 6, height: 5, MLPixelFormat.Rgba32, pixels);
        IDataView rows = ml.Data.LoadFromEnumerable([new Picture { Image = image }]);
        IDataView extracted = ml.Transforms.ExtractPixels("Features", "Image", interleavePixelColors: interleave).Fit(rows).Transform(rows);
        float[] features = extracted.GetColumn<float[]>("Features").Single();

        ImageShape shape = ImageShapes.Read(ml, extracted.Schema["Features"], given: null);

        Assert.AreEqual(new ImageShape(5, 6, 3, ChannelsFirst: !interleave), shape);
        for (int i = 0; i < 30; i++)
        {
            int red = shape.ChannelsFirst ? i : 3 * i, step = shape.ChannelsFirst ? 30 : 1;
            Assert.AreEqual((i % 6, i / 6, i), ((int)features[red], (int)features[red + step], (int)features[red + 2 * step]), $"pixel {i}");
        }
    }

    [TestMethod]
    public void Every_task_with_a_label_trains_on_distorted_images()
    {
        AssertDistorts((ml, rows, change) => ml.MulticlassClassification.Trainers.SimpleNn(Small(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Class" }, change)).Fit(rows).Model.Network);
        AssertDistorts((ml, rows, change) => ml.BinaryClassification.Trainers.SimpleNn(Small(new SimpleNnBinaryTrainer.Options { LabelColumnName = "Flag" }, change)).Fit(rows).Model.SubModel.Network);
        AssertDistorts((ml, rows, change) => ml.Regression.Trainers.SimpleNn(Small(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Number" }, change)).Fit(rows).Model.Network);

        static void AssertDistorts(Func<MLContext, IDataView, Action<SimpleNnOptionsBase>, Network> train)
        {
            float[] Weights(Action<SimpleNnOptionsBase> change)
            {
                var ml = new MLContext(1);
                return train(ml, Images(ml), change).AllWeights();
            }

            float[] plain = Weights(_ => { }), distorted = Weights(o => o.ImageDistortion = new ImageDistortion());
            CollectionAssert.AreNotEqual(plain, distorted);
            CollectionAssert.AreEqual(distorted, Weights(o => (o.ImageDistortion, o.NumberOfThreads) = (new ImageDistortion(), 3)), "3 threads");
            CollectionAssert.AreEqual(distorted, Weights(o => (o.ImageDistortion, o.ImageShape) = (new ImageDistortion(), new ImageShape(6, 8))), "the shape of the column");
            CollectionAssert.AreNotEqual(distorted, Weights(o => (o.ImageDistortion, o.ImageShape) = (new ImageDistortion(), new ImageShape(8, 6))), "another shape");
            CollectionAssert.AreEqual(plain, Weights(o => o.ImageShape = new ImageShape(1, 1)), "a shape alone changes nothing");
            CollectionAssert.AreEqual(plain, Weights(o => o.ImageDistortion = Distorted.Nothing), "nothing asked for");
        }
    }

    [TestMethod]
    public void Images_that_are_mostly_zeros_are_distorted_too()
    {
        var ml = new MLContext(1);
        Network Train(Action<SimpleNnOptionsBase> change) =>
            ml.MulticlassClassification.Trainers.SimpleNn(Small(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Class" }, change)).Fit(Images(ml, everyPixel: 40)).Model.Network;

        CollectionAssert.AreNotEqual(Train(_ => { }).AllWeights(), Train(o => o.ImageDistortion = new ImageDistortion()).AllWeights());
    }

    [TestMethod]
    public void Images_that_are_read_anew_in_each_epoch_are_distorted()
    {
        var ml = new MLContext(1);
        Network Train(Action<SimpleNnOptionsBase> change) =>
            ml.MulticlassClassification.Trainers.SimpleNn(Small(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Class", MemoryBudget = 20000 }, change)).Fit(Images(ml)).Model.Network;

        float[] distorted = Train(o => o.ImageDistortion = new ImageDistortion()).AllWeights();
        CollectionAssert.AreNotEqual(Train(_ => { }).AllWeights(), distorted);
        CollectionAssert.AreEqual(distorted, Train(o => (o.ImageDistortion, o.NumberOfThreads) = (new ImageDistortion(), 2)).AllWeights());
    }

    [TestMethod]
    public void A_column_without_a_shape_is_refused_by_Fit()
    {
        var ml = new MLContext(1);
        var options = Small(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Class" }, o => o.ImageDistortion = new ImageDistortion());

        Exception error = Assert.Throws<Exception>(() => ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Images(ml, dimensions: [48])));
        Assert.Contains("whose dimensions are 48: set ImageShape", error.Message);
    }

    [TestMethod]
    public void What_does_not_go_with_it_is_refused_when_the_trainer_is_made()
    {
        var ml = new MLContext();
        var distortion = new ImageDistortion();

        var lbfgs = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { Optimizer = new LbfgsOptimizer(), ImageDistortion = distortion }));
        Assert.Contains("ImageDistortion is a distortion: it must be null with LbfgsOptimizer", lbfgs.Message);
        var autoencoder = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(new SimpleNnAutoencoderTrainer.Options { ImageDistortion = distortion }));
        Assert.Contains("ImageDistortion is a distortion: it must be null: an autoencoder", autoencoder.Message);
    }

    private static TOptions Small<TOptions>(TOptions options, Action<SimpleNnOptionsBase> change)
        where TOptions : SimpleNnOptionsBase
    {
        (options.HiddenLayers, options.NumberOfEpochs, options.BatchSize, options.EarlyStopping, options.Seed, options.NumberOfThreads) = ([8], 4, 40, false, 1, 1);
        change(options);
        return options;
    }

    private static DataViewSchema.Column Column(int[] dimensions)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, dimensions));
        return builder.ToSchema()[0];
    }

    private static IDataView Images(MLContext ml, int everyPixel = 1, int[]? dimensions = null)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions ?? [6, 8]);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => new Row
        {
            Features = [.. Enumerable.Range(0, 48).Select(i => (i + row) % everyPixel == 0 ? (float)(SplitMix64.Mix((ulong)(48 * row + i)) >> 56) : 0)],
            Class = (uint)(row % 3) + 1,
            Flag = row % 2 == 0,
            Number = row % 5,
        }), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Class { get; set; }

        public bool Flag { get; set; }

        public float Number { get; set; }
    }

    private sealed class Picture
    {
        [ImageType(5, 6)]
        public MLImage? Image { get; set; }
    }
}
