using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Features that are missing, NaN: learnt from, or refused.</summary>
[TestClass]
public sealed class MissingFeaturesTests
{
    private const int Sparse = 40;
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Every_task_trains_and_the_log_says_once_which_columns_miss_how_many(string task)
    {
        var log = new LogCapture(_ml);
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel model = trainer.Fit(_ml, trainer.Options(), Holed());

        Assert.HasCount(1, log.Info.Where(line => line.Contains("missing values")));
        Assert.Contains("21 rows of the training data have missing values (NaN) in feature column 'Features': slot 1 16 times, slot 3 7 times. " +
            "Each counts as the centre of its column, and an input of its own says that it is missing; MissingFeatures can refuse them instead.", log.Info);
        Assert.AreEqual(2, model.Trained[0].Network.InputStage!.Marks);
        Assert.IsTrue(model.Everything.All(float.IsFinite) && double.IsFinite(model.History.Epochs[^1].TrainingLoss));
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Refused_they_are_an_error_with_row_slot_and_remedy(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml, trainer.Options(o => o.MissingFeatures = MissingFeatures.Refuse), Holed()));

        Assert.AreEqual("Feature column 'Features' has NaN, a missing value, in row 1 of the training data (counted from 1), slot 1: fill it before the trainer, for example with " +
            "mlContext.Transforms.ReplaceMissingValues(\"Features\"), or leave such rows out with mlContext.Data.FilterRowsByMissingValues.", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Infinity_is_refused_in_any_case(string task)
    {
        List<TaskRow> rows = TaskRow.Rows(80);
        rows[4].Features[2] = float.NegativeInfinity;
        TaskTrainer trainer = TaskTrainer.All[task];
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml, trainer.Options(), rows));

        Assert.StartsWith("Feature column 'Features' has negative infinity in row 5 of the training data (counted from 1), slot 2: ", error.Message);
    }

    [TestMethod]
    [DataRow("multiclass")]
    [DataRow("binary")]
    [DataRow("regression")]
    [DataRow("autoencoder")]
    public void Sparse_rows_train_and_score_as_well(string task)
    {
        var log = new LogCapture(_ml);
        IDataView data = SparseRows();
        IDataView scored = task switch
        {
            "multiclass" => _ml.MulticlassClassification.Trainers.SimpleNn(Small(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Class" })).Fit(data).Transform(data),
            "binary" => _ml.BinaryClassification.Trainers.SimpleNn(Small(new SimpleNnBinaryTrainer.Options { LabelColumnName = "Flag" })).Fit(data).Transform(data),
            "regression" => _ml.Regression.Trainers.SimpleNn(Small(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Number" })).Fit(data).Transform(data),
            _ => _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(Small(new SimpleNnAutoencoderTrainer.Options())).Fit(data).Transform(data),
        };

        Assert.HasCount(1, log.Info.Where(line => line.StartsWith("12 rows of the training data have missing values (NaN) in feature column 'Features': slot 7 12 times.", StringComparison.Ordinal)));
        Assert.IsTrue(RegressionTask.Scores(scored).SelectMany(row => row).All(float.IsFinite));
    }

    /// <summary>The label is whether a value is missing, and nothing else tells it.</summary>
    [TestMethod]
    public void That_a_value_is_missing_is_learnt()
    {
        var random = new Random(1);
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 600).Select(i => new BinaryBlob
        {
            Label = i % 3 == 0,
            Features = [random.NextSingle(), i % 3 == 0 ? float.NaN : random.NextSingle(), random.NextSingle(), random.NextSingle()],
        }).ToArray());
        var model = _ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options { Seed = 1, Effort = Effort.Quick, HiddenLayers = [16] }).Fit(data);

        Assert.IsGreaterThan(0.99, _ml.BinaryClassification.Evaluate(model.Transform(data)).Accuracy);
    }

    [TestMethod]
    public void A_column_that_is_missing_in_scoring_only_scores_as_its_centre_and_where_refused_as_NaN()
    {
        // Two values only, so that the column is one input, without pieces.
        List<BinaryBlob> rows = BinaryBlob.Rows();
        for (int i = 0; i < rows.Count; i++) rows[i].Features[2] = i % 4 == 0 ? 9 : 1;
        var model = BinaryTask.Train(_ml, rows);
        float centre = model.Model.SubModel.Network.InputStage![2].Centre;
        float[] Score(ITransformer transformer, float value) => BinaryTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(new[] { new BinaryBlob { Features = [1, 2, value, 4] } })));

        Assert.AreEqual(rows.Average(row => row.Features[2]), centre, 1e-5);
        CollectionAssert.AreEqual(Score(model, centre), Score(model, float.NaN));
        CollectionAssert.AreNotEqual(Score(model, 9), Score(model, float.NaN));

        var options = BinaryTask.Options();
        options.MissingFeatures = MissingFeatures.Refuse;
        Assert.IsTrue(float.IsNaN(Score(BinaryTask.Train(_ml, rows, options), float.NaN)[0]));
    }

    /// <summary>80 rows, of which 21 lack slot 1 (every fifth), slot 3 (every twelfth), or both.</summary>
    private static List<TaskRow> Holed()
    {
        List<TaskRow> rows = TaskRow.Rows(80);
        for (int i = 0; i < rows.Count; i++)
        {
            if (i % 5 == 0) rows[i].Features[1] = float.NaN;
            if (i % 12 == 0) rows[i].Features[3] = float.NaN;
        }

        return rows;
    }

    private static TOptions Small<TOptions>(TOptions options) where TOptions : SimpleNnOptionsBase
    {
        (options.HiddenLayers, options.NumberOfEpochs, options.EarlyStopping, options.Seed, options.NumberOfThreads) = ([6], 4, false, 1, 1);
        return options;
    }

    /// <summary>60 rows with 2 of 40 values; every fifth lacks slot 7.</summary>
    private IDataView SparseRows() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new SparseRow
    {
        Class = (uint)(i % 3),
        Flag = i % 2 == 0,
        Number = i % 7,
        Features = new VBuffer<float>(Sparse, 2, [i % 5 == 0 ? float.NaN : 1 + i % 4, 2], [7, 8 + i % 30]),
    }).ToArray());

    private sealed class SparseRow
    {
        [KeyType(3)]
        public uint Class { get; set; }

        public bool Flag { get; set; }

        public float Number { get; set; }

        [VectorType(Sparse)]
        public VBuffer<float> Features { get; set; }
    }
}
