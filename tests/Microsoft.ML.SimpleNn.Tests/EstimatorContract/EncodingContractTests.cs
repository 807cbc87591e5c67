using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>The bottleneck as a column: trained within a pipeline or given, saved and loaded, dense and sparse, by one cursor or several.</summary>
[TestClass]
public sealed class EncodingContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Training => _ml.Data.LoadFromEnumerable(Reading.Rows());

    [TestMethod]
    public void Output_schema_is_what_estimator_and_transformer_foretell()
    {
        SimpleNnEncodingEstimator estimator = _ml.Transforms.SimpleNnEncode("Code", "Features", AutoencoderTask.Options());
        var transformer = estimator.Fit(Training);
        DataViewSchema actual = transformer.Transform(Training).Schema;

        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 2), actual["Code"].Type);
        string[] Shapes(SchemaShape shape) => shape.Select(c => $"{c.Name} {c.Kind} {c.ItemType} {c.IsKey}").Order().ToArray();
        CollectionAssert.AreEqual(Shapes(SchemaContract.ShapeOf(actual)), Shapes(estimator.GetOutputSchema(SchemaContract.ShapeOf(Training.Schema))));
        CollectionAssert.AreEqual(actual.Select(c => $"{c.Name} {c.Type}").ToArray(), transformer.GetOutputSchema(Training.Schema).Select(c => $"{c.Name} {c.Type}").ToArray());
    }

    [TestMethod]
    public void The_column_has_the_codes_and_the_other_columns_pass_through()
    {
        var transformer = _ml.Transforms.SimpleNnEncode("Code", "Features", AutoencoderTask.Options()).Fit(Training);
        List<Reading> rows = Reading.Rows(50, seed: 2);
        IDataView encoded = transformer.Transform(_ml.Data.LoadFromEnumerable(rows));

        AssertSame(rows.Select(row => transformer.Model.Encode(row.Features)), Codes(encoded));
        AssertSame(rows.Select(row => row.Features), encoded.GetColumn<float[]>("Features"));
        CollectionAssert.AreEqual(rows.Select(row => row.Weight).ToArray(), encoded.GetColumn<float>("Weight").ToArray());
        Assert.AreEqual(50, encoded.GetRowCount());
    }

    [TestMethod]
    public void Training_within_the_pipeline_gives_what_the_trainer_gives()
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        options.FeatureColumnName = "NoSuchColumn";
        var transformer = _ml.Transforms.SimpleNnEncode("Code", "Features", options).Fit(Training);

        CollectionAssert.AreEqual(AutoencoderTask.Weights(AutoencoderTask.Train(_ml, Reading.Rows()).Model), AutoencoderTask.Weights(transformer.Model));
    }

    [TestMethod]
    public void A_trained_autoencoder_can_be_given()
    {
        SimpleNnAutoencoderModelParameters model = AutoencoderTask.Train(_ml, Reading.Rows()).Model;
        IDataView encoded = _ml.Transforms.SimpleNnEncode("Code", model, "Features").Fit(Training).Transform(Training);

        AssertSame(Reading.Rows().Select(row => model.Encode(row.Features)), Codes(encoded));
    }

    [TestMethod]
    public void Without_an_input_column_the_output_column_is_replaced()
    {
        IDataView encoded = _ml.Transforms.SimpleNnEncode("Features", options: AutoencoderTask.Options()).Fit(Training).Transform(Training);

        Assert.AreEqual(2, ((VectorDataViewType)encoded.Schema["Features"].Type).Size);
    }

    [TestMethod]
    public void A_pipeline_with_another_trainer_learns_is_saved_and_loaded()
    {
        var pipeline = _ml.Transforms.SimpleNnEncode("Code", "Features", AutoencoderTask.Options())
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Code"));
        IDataView Rows(int seed) => _ml.Data.LoadFromEnumerable(Reading.Rows(200, seed: seed).Select(row => new Labelled { Label = row.Features[0] > 0, Features = row.Features }));
        var model = pipeline.Fit(Rows(1));
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Rows(1).Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        IDataView expected = model.Transform(Rows(2)), actual = loaded.Transform(Rows(2));

        // The first sensor shows the first of the two causes, which the two numbers of the code keep.
        Assert.IsGreaterThan(0.9, _ml.BinaryClassification.Evaluate(expected).Accuracy);
        AssertSame(Codes(expected), Codes(actual));
        CollectionAssert.AreEqual(AutoencoderTask.Scores(expected), AutoencoderTask.Scores(actual));
        using var engine = _ml.Model.CreatePredictionEngine<Reading, Encoded>(((TransformerChain<ITransformer>)loaded).First());
        AssertSame(Codes(expected), Reading.Rows(200, seed: 2).Select(row => engine.Predict(row).Code));
    }

    [TestMethod]
    public void Cursors_side_by_side_give_the_codes_of_their_own_rows()
    {
        var transformer = _ml.Transforms.SimpleNnEncode("Code", "Features", AutoencoderTask.Options()).Fit(Training);
        IDataView encoded = transformer.Transform(Training);
        DataViewRowCursor[] cursors = [encoded.GetRowCursor(encoded.Schema), encoded.GetRowCursor(encoded.Schema)];
        var codes = cursors.Select(cursor => cursor.GetGetter<VBuffer<float>>(encoded.Schema["Code"])).ToArray();
        List<Reading> rows = Reading.Rows();

        // The second cursor is a row ahead of the first; each code is read from both before either moves on.
        Assert.IsTrue(cursors[1].MoveNext());
        for (int row = 0; row < 20; row++)
        {
            VBuffer<float> first = default, second = default;
            Assert.IsTrue(cursors[0].MoveNext() && cursors[1].MoveNext());
            codes[0](ref first);
            codes[1](ref second);
            CollectionAssert.AreEqual(transformer.Model.Encode(rows[row].Features), first.DenseValues().ToArray());
            CollectionAssert.AreEqual(transformer.Model.Encode(rows[row + 1].Features), second.DenseValues().ToArray());
        }
        foreach (DataViewRowCursor cursor in cursors)
            cursor.Dispose();

        float[] whole = Codes(encoded).SelectMany(code => code).Order().ToArray(), inParts = [];
        foreach (DataViewRowCursor cursor in encoded.GetRowCursorSet(encoded.Schema, 3))
        {
            using (cursor)
            {
                var getCode = cursor.GetGetter<VBuffer<float>>(encoded.Schema["Code"]);
                VBuffer<float> code = default;
                while (cursor.MoveNext())
                {
                    getCode(ref code);
                    inParts = [.. inParts, .. code.DenseValues()];
                }
            }
        }
        CollectionAssert.AreEqual(whole, inParts.Order().ToArray());
    }

    [TestMethod]
    public void A_sparse_row_gives_what_the_dense_one_gives_and_a_missing_feature_a_missing_code()
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        options.MissingFeatures = MissingFeatures.Refuse;
        var transformer = _ml.Transforms.SimpleNnEncode("Code", "Features", options).Fit(Training);
        float[][] Encode(params VBuffer<float>[] rows) =>
            Codes(transformer.Transform(_ml.Data.LoadFromEnumerable(rows.Select(features => new Vector { Features = features })))).ToArray();

        AssertSame(
            Encode(new(6, [0, 3, 0, -1, 0, 0]), new(6, new float[6]), new(6, [1, 2, 3, 4, 5, 6])),
            Encode(new(6, 2, [3, -1], [1, 3]), new(6, 0, [], []), new(6, [1, 2, 3, 4, 5, 6])));
        CollectionAssert.AreEqual(new[] { float.NaN, float.NaN }, Encode(new VBuffer<float>(6, 1, [float.NaN], [4]))[0]);
    }

    [TestMethod]
    public void A_given_autoencoder_is_held_against_the_data()
    {
        SimpleNnAutoencoderModelParameters model = AutoencoderTask.Train(_ml, Reading.Rows()).Model;
        IDataView narrow = _ml.Data.LoadFromEnumerable(Blob.Rows(3));

        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.SimpleNnEncode("Code", model, "Features").Fit(narrow));
        Assert.StartsWith("Column 'Features' is Vector<Single, 4>, but the encoder takes a vector of 6 values of Single: prepare the data as that which the autoencoder was trained on.", error.Message);
    }

    [TestMethod]
    public void A_column_that_is_not_there_is_told_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.SimpleNnEncode("Code", "Pixels").Fit(Training));
        Assert.StartsWith("There is no feature column 'Pixels' in the data, which has 'Label', 'Features', 'Weight'", error.Message);
    }

    private static IEnumerable<float[]> Codes(IDataView encoded) => encoded.GetColumn<float[]>("Code");

    private static void AssertSame(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        float[][] rows = expected.ToArray(), others = actual.ToArray();
        Assert.HasCount(rows.Length, others);
        for (int row = 0; row < rows.Length; row++)
            CollectionAssert.AreEqual(rows[row], others[row]);
    }

    private sealed class Labelled
    {
        public bool Label { get; set; }

        [VectorType(Reading.FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Encoded
    {
        public float[] Code { get; set; } = [];
    }

    private sealed class Vector
    {
        [VectorType(Reading.FeatureCount)]
        public VBuffer<float> Features { get; set; }
    }
}
