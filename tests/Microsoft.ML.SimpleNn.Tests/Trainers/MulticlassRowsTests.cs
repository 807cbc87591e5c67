using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Which rows are trained on, and that the form in which they are handed over does not matter.</summary>
[TestClass]
public sealed class MulticlassRowsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Rows_without_label_are_left_out_and_reported_once()
    {
        var log = new LogCapture(_ml);
        List<Blob> rows = Blob.Rows(60), unlabelled = Blob.Rows(7, seed: 9);
        unlabelled.ForEach(row => row.Label = "rose");
        float[] with = BlobTask.Weights(BlobTask.Train(_ml, [.. unlabelled, .. rows]));
        string[] warnings = log.Warnings;

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, rows)), with);
        CollectionAssert.AreEqual(new[] { "7 of 67 rows of the training data have no label in column 'Label' and are left out." }, warnings);
    }

    [TestMethod]
    public void A_key_above_the_declared_count_is_a_missing_label()
    {
        var log = new LogCapture(_ml);
        var rows = Blob.Rows(30).Select((row, i) => new KeyedBlob { Label = i == 10 ? 3 : (uint)(i % 3), Features = row.Features });
        _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(_ml.Data.LoadFromEnumerable(rows));

        CollectionAssert.AreEqual(new[] { "1 of 30 rows of the training data have no label in column 'Label' and are left out." }, log.Warnings);
    }

    [TestMethod]
    public void A_declared_class_without_rows_is_a_warning_and_is_hardly_predicted()
    {
        var log = new LogCapture(_ml);
        var model = BlobTask.Train(_ml, Blob.Rows(90).Where(row => row.Label != "virginica"));

        CollectionAssert.AreEqual(new[] { "Label column 'Label' declares 3 classes; no training row is of 'virginica'. The model can hardly predict it." }, log.Warnings);
        Assert.IsLessThan(0.1f, Blob.Rows(30).Where(row => row.Label != "virginica").Max(row => model.Predict(row.Features)[2]));
    }

    [TestMethod]
    public void A_row_of_weight_zero_is_absent()
    {
        var options = BlobTask.Options();
        options.ExampleWeightColumnName = "Weight";
        List<Blob> rows = Blob.Rows(60), absent = Blob.Rows(9, seed: 9);
        absent.ForEach(row => (row.Weight, row.Features[0]) = (0, 1000));

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, rows, options)), BlobTask.Weights(BlobTask.Train(_ml, [.. rows, .. absent], options)));
    }

    [TestMethod]
    public void Weights_count_relative_to_each_other()
    {
        var options = BlobTask.Options();
        float[] unweighted = BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(60), options));
        options.ExampleWeightColumnName = "Weight";
        List<Blob> rows = Blob.Rows(60);
        rows.ForEach(row => row.Weight = 4);

        CollectionAssert.AreEqual(unweighted, BlobTask.Weights(BlobTask.Train(_ml, rows, options)));
    }

    [TestMethod]
    public void A_heavier_class_is_predicted_more_often()
    {
        var options = BlobTask.Options();
        (options.ExampleWeightColumnName, options.Optimizer) = ("Weight", new AdamOptimizer { LearningRate = 0.002f }); // a network that knew each row would not care
        int Predicted(float weight)
        {
            List<Blob> rows = Blob.Rows(150, distance: 1);
            rows.ForEach(row => row.Weight = row.Label == "setosa" ? weight : 1);
            var model = BlobTask.Train(_ml, rows, options);
            return rows.Count(row => model.Predict(row.Features) is var p && p[0] == p.Max());
        }

        Assert.IsGreaterThan(Predicted(1) + 15, Predicted(8));
        Assert.IsLessThan(Predicted(1) - 15, Predicted(0.125f));
    }

    [TestMethod]
    [DataRow(1.0, DisplayName = "all values other than zero: kept dense")]
    [DataRow(0.3, DisplayName = "a third other than zero: kept dense")]
    [DataRow(0.05, DisplayName = "a twentieth other than zero: kept sparse")]
    public void Sparse_and_dense_vectors_of_the_same_values_give_the_same_model(double density)
    {
        var random = new Random(4);
        float[][] features = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 40).Select(_ => random.NextDouble() < density ? (float)random.NextDouble() : 0).ToArray()).ToArray();
        float[] Train(Func<float[], int, VBuffer<float>> form)
        {
            var rows = features.Select((values, i) => new VectorRow { Label = values.Sum() > features.Average(row => row.Sum()) ? 0u : 1u, Features = form(values, i) });
            return BlobTask.Weights(_ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(_ml.Data.LoadFromEnumerable(rows)).Model);
        }

        float[] dense = Train((values, _) => new VBuffer<float>(values.Length, values));
        CollectionAssert.AreEqual(dense, Train((values, _) => Sparse(values)));
        CollectionAssert.AreEqual(dense, Train((values, i) => i % 2 == 0 ? Sparse(values) : new VBuffer<float>(values.Length, values)));
    }

    [TestMethod]
    public void A_vector_of_several_dimensions_is_a_vector()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60));
        var schema = SchemaDefinition.Create(typeof(VectorRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2, 2);
        var rows = Blob.Rows(60).Select((row, i) => new VectorRow { Label = (uint)Array.IndexOf(Blob.Classes, row.Label), Features = new VBuffer<float>(4, row.Features) });
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        var model = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(_ml.Data.LoadFromEnumerable(rows, schema));

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(60))), BlobTask.Weights(model.Model));
        Assert.AreEqual(60, model.Transform(_ml.Data.LoadFromEnumerable(rows, schema)).GetColumn<float[]>("Score").Count());
    }

    private static VBuffer<float> Sparse(float[] values)
    {
        int[] indices = Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToArray();
        return new VBuffer<float>(values.Length, indices.Length, indices.Select(i => values[i]).ToArray(), indices);
    }

    private sealed class KeyedBlob
    {
        // Counted from 0 here, as LoadFromEnumerable takes keys.
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    private sealed class VectorRow
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(40)]
        public VBuffer<float> Features { get; set; }
    }
}
