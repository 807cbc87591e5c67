using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>
/// Whole views are scored in batches of rows read ahead. What a model that has been saved and loaded gives, which ML.NET's scorer asks row by
/// row, is the reference: every value of every column must be the same.
/// </summary>
[TestClass]
public sealed class LookAheadTests
{
    private const int Rows = 700;
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> _model;
    private readonly ITransformer _byRow;

    public LookAheadTests()
    {
        _rows = BlobTask.Keyed(_ml, Blob.Rows(Rows, distance: 2));
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.HiddenLayers, options.NumberOfEpochs) = ([300, 450], 1);
        _model = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(_ml.Data.TakeRows(_rows, 60));
        using var file = new MemoryStream();
        _ml.Model.Save(_model, _rows.Schema, file);
        _byRow = _ml.Model.Load(file, out _);
    }

    [TestMethod]
    public void Every_column_of_every_row_is_what_it_is_row_by_row()
    {
        AssertSame(Read(_byRow.Transform(_rows)), Read(_model.Transform(_rows)));
        Assert.HasCount(Rows, Read(_model.Transform(_rows)));
    }

    [TestMethod]
    public void Shuffled_rows_keep_their_columns_together()
    {
        IDataView cached = _ml.Data.Cache(_rows);
        string[] expected = Read(_byRow.Transform(cached), new Random(5));
        string[] actual = Read(_model.Transform(cached), new Random(5));

        AssertSame([.. expected.Order()], [.. actual.Order()]);
        CollectionAssert.AreNotEqual(Read(_model.Transform(cached)), actual);
    }

    [TestMethod]
    public void Parallel_cursors_share_the_rows()
    {
        IDataView scored = _model.Transform(_rows);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 2);
        string[][] shares = new string[cursors.Length][];
        Thread[] threads = [.. cursors.Select((cursor, i) => new Thread(() => shares[i] = Read(cursor)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        AssertSame([.. Read(_byRow.Transform(_rows)).Order()], [.. shares.SelectMany(share => share).Order()]);
    }

    [TestMethod]
    public void A_cursor_may_be_left_after_any_row()
    {
        string[] expected = Read(_byRow.Transform(_rows));
        IDataView scored = _model.Transform(_rows);
        foreach (int count in new[] { 0, 1, 15, 16, 17, 40, 300 })
        {
            using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
            AssertSame(expected[..count], Read(cursor, count));
        }
    }

    [TestMethod]
    public void A_column_without_the_score_needs_no_features()
    {
        IDataView scored = _model.Transform(_rows);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Weight"]]);

        Assert.IsTrue(cursor.MoveNext());
        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Features"]));
        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Score"]));
    }

    [TestMethod]
    public void Features_that_fail_fail_at_their_row()
    {
        const int Bad = 100;
        int row = 0;
        List<Blob> rows = Blob.Rows(200);
        IDataView failing = BlobTask.Keyed(_ml, rows);
        failing = _ml.Transforms.CustomMapping<Blob, Failing>(
            (input, output) => output.Copy = row++ == Bad ? throw new InvalidOperationException("no such picture") : input.Weight, contractName: null)
            .Fit(_ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows));
        IDataView scored = _model.Transform(failing);
        using DataViewRowCursor cursor = scored.GetRowCursorSet(scored.Schema.Where(column => column.Name is "Copy" or "Score"), 1)[0];
        ValueGetter<float> copy = cursor.GetGetter<float>(scored.Schema["Copy"]);
        ValueGetter<VBuffer<float>> score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            float value = 0;
            VBuffer<float> scores = default;
            score(ref scores);
            Assert.AreEqual(3, scores.Length);
            if (i == Bad) Assert.Throws<InvalidOperationException>(() => copy(ref value));
            else copy(ref value);
        }

        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Sparse_dense_and_missing_features_are_scored_alike()
    {
        List<Blob> rows = Blob.Rows(100);
        for (int i = 0; i < rows.Count; i += 7) rows[i].Features[1] = float.NaN;
        for (int i = 3; i < rows.Count; i += 5) rows[i].Features = [0, 0, 1, 0];
        IDataView data = _ml.Transforms.Concatenate("Features", "Features").Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Fit(_ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows));

        AssertSame(Read(_byRow.Transform(data)), Read(_model.Transform(data)));
    }

    [TestMethod]
    public void Numbers_logits_and_reconstruction_errors_are_read_ahead_too()
    {
        IDataView numbers = _ml.Data.LoadFromEnumerable(Blob.Rows(300));
        AssertByRow(_ml.Regression.Trainers.SimpleNn("Weight", hiddenLayers: [300, 450], numberOfEpochs: 1), numbers);
        AssertByRow(_ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(hiddenLayers: [300, 450], numberOfEpochs: 1), numbers);
        AssertByRow(_ml.BinaryClassification.Trainers.SimpleNn(hiddenLayers: [300, 450], numberOfEpochs: 1), _ml.Data.LoadFromEnumerable(BinaryBlob.Rows(300)));
    }

    [TestMethod]
    public void A_loaded_model_scores_in_batches_when_it_is_told_to()
    {
        ITransformer plain = Load(), told = _ml.Model.ScoreInBatches(Load());
        Assert.AreSame(told, _ml.Model.ScoreInBatches(told), "told twice");

        Assert.AreEqual(1, RowsReadForOneScore(plain));
        Assert.IsGreaterThan(1, RowsReadForOneScore(told));
        Assert.AreEqual(RowsReadForOneScore(_model), RowsReadForOneScore(told));
        AssertSame(Read(plain.Transform(_rows)), Read(told.Transform(_rows)));

        ITransformer Load()
        {
            using var file = new MemoryStream();
            _ml.Model.Save(new TransformerChain<ITransformer>(_model), _rows.Schema, file);
            return _ml.Model.Load(file, out _);
        }
    }

    [TestMethod]
    public void A_prediction_engine_allocates_nothing()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Blob, Prediction>(_model);
        Blob row = Blob.Rows(1)[0];
        var prediction = new Prediction();
        for (int i = 0; i < 3; i++) engine.Predict(row, ref prediction);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) engine.Predict(row, ref prediction);

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void AssertByRow<TTransformer>(IEstimator<TTransformer> trainer, IDataView rows)
        where TTransformer : class, ITransformer
    {
        ITransformer model = trainer.Fit(rows);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        string[] byRow = Read(_ml.Model.Load(file, out _).Transform(rows));
        AssertSame(byRow, Read(model.Transform(rows)));
        AssertSame(byRow, Read(_ml.Model.ScoreInBatches(_ml.Model.Load(file, out _)).Transform(rows)));
    }

    /// <summary>How many rows of features are read for the score of the first.</summary>
    private int RowsReadForOneScore(ITransformer model)
    {
        int read = 0;
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(Blob.Rows(20).Select(row =>
        {
            read++;
            return new Unlabelled { Features = row.Features };
        })));
        using DataViewRowCursor cursor = scored.GetRowCursorSet([scored.Schema["Score"]], 1)[0]; // ML.NET's cursors on several threads read ahead too
        VBuffer<float> score = default;
        cursor.MoveNext();
        cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"])(ref score);
        return read;
    }

    private static void AssertSame(string[] expected, string[] actual) => CollectionAssert.AreEqual(expected, actual);

    /// <summary>Each row with all its values, floats in their bits, and its id.</summary>
    private static string[] Read(IDataView view, Random? shuffle = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, shuffle);
        return Read(cursor);
    }

    private static string[] Read(DataViewRowCursor cursor, int count = int.MaxValue)
    {
        Func<string>[] columns = [.. cursor.Schema.Where(cursor.IsColumnActive).Select(column => Reader(cursor, column))];
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        var rows = new List<string>();
        while (rows.Count < count && cursor.MoveNext())
        {
            DataViewRowId id = default;
            getId(ref id);
            rows.Add($"{id}: {string.Join(' ', columns.Select(column => column()))}");
        }

        return [.. rows];
    }

    private static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType) return Of<VBuffer<float>>(vector => string.Join(',', vector.DenseValues().Select(BitConverter.SingleToUInt32Bits)));
        if (column.Type.RawType == typeof(float)) return Of<float>(value => $"{BitConverter.SingleToUInt32Bits(value)}");
        if (column.Type.RawType == typeof(uint)) return Of<uint>(value => $"{value}");
        return column.Type.RawType == typeof(bool) ? Of<bool>(value => value.ToString()) : Of<ReadOnlyMemory<char>>(value => value.ToString());

        Func<string> Of<T>(Func<T, string> format)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                getter(ref value);
                return format(value);
            };
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class Unlabelled
    {
        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Failing
    {
        public float Copy { get; set; }
    }
}
