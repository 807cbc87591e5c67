using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A vector that is null, or shorter or longer than its column declares, is refused with its row: it must not be filled up with numbers of the row before.</summary>
[TestClass]
public sealed class VectorSizeTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(-1, "no values, a vector that is null or empty,")]
    [DataRow(0, "no values, a vector that is null or empty,")]
    [DataRow(1, "1 value")]
    [DataRow(2, "2 values")]
    [DataRow(4, "4 values")]
    public void Numbers(int size, string found)
    {
        string message = $"Label column 'Label' has {found} in row 6 of the {{0}} (counted from 1), but declares 3: " +
            "give every row 3, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.";
        IDataView good = View(NumberRows()), bad = View(NumberRows(rows => rows[5].Label = size < 0 ? null : new float[size]));

        Refuses<InvalidOperationException>(string.Format(null, message, "training data"), () => Trainer().Fit(bad));
        Refuses<InvalidOperationException>(string.Format(null, message, "training data"), () => Trainer(memoryBudget: 1).Fit(bad));
        Refuses<InvalidOperationException>(string.Format(null, message, "validation data"), () => Trainer().Fit(good, bad));
        IDataView scored = Trainer().Fit(good).Transform(bad);
        Refuses<ArgumentException>(string.Format(null, message, "data to evaluate"), () => _ml.Regression.EvaluateOutputs(scored));
    }

    [TestMethod]
    [DataRow(-1, "no values, a vector that is null or empty,")]
    [DataRow(1, "1 value")]
    [DataRow(3, "3 values")]
    public void Tags(int size, string found)
    {
        string message = $"Label column 'Label' has {found} in row 2 of the {{0}} (counted from 1), but declares 2: give every row 2, or leave such rows out with mlContext.Data.FilterByCustomPredicate.";
        IDataView good = View(TagRows()), bad = View(TagRows(rows => rows[1].Label = size < 0 ? null : new bool[size]));

        Refuses<InvalidOperationException>(string.Format(null, message, "training data"), () => Trainer().Fit(bad));
        Refuses<InvalidOperationException>(string.Format(null, message, "validation data"), () => Trainer().Fit(good, bad));
        IDataView scored = Trainer().Fit(good).Transform(bad);
        Refuses<ArgumentException>(string.Format(null, message, "data to evaluate"), () => _ml.Regression.EvaluateLabels(scored));
    }

    [TestMethod]
    public void Features() => Refuses<InvalidOperationException>(
        "Feature column 'Features' has 2 values in row 4 of the training data (counted from 1), but declares 1: " +
        "give every row 1, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.",
        () => Trainer().Fit(View(NumberRows(rows => rows[3].Features = [1, 2]))));

    [TestMethod]
    [DataRow(3, 5, "the index 5 after 3")]
    [DataRow(-1, 2, "the index -1")]
    [DataRow(2, 2, "the index 2 after 2")]
    [DataRow(3, 1, "the index 1 after 3")]
    public void Indices_of_a_sparse_vector(int first, int second, string found)
    {
        var rows = Enumerable.Range(0, 20).Select(i => new Sparse { Label = i, Features = new VBuffer<float>(5, 2, [1, 2], i == 8 ? [first, second] : [0, 4]) });
        Refuses<InvalidOperationException>(
            $"Feature column 'Features' has {found} in the sparse vector of row 9 of the training data (counted from 1): the indices of 5 values ascend and are from 0 to 4. Correct what makes the vector.",
            () => Trainer().Fit(_ml.Data.LoadFromEnumerable(rows)));
    }

    [TestMethod]
    public void Rows_left_out_by_a_predicate_leave_the_others_to_train_on()
    {
        IDataView bad = View(NumberRows(rows => rows[5].Label = null));
        IDataView without = _ml.Data.FilterByCustomPredicate<NumberRow>(bad, row => row.Label?.Length != 3);

        CollectionAssert.AreEqual(Predictions(View(NumberRows(rows => rows.RemoveAt(5)))), Predictions(without));
        CollectionAssert.AreEqual(Predictions(View(NumberRows(rows => rows.RemoveAt(5)))), Predictions(View(NumberRows(rows => rows[5].Label = [float.NaN, float.NaN, float.NaN]))));
    }

    private float[] Predictions(IDataView data) => Trainer().Fit(data).Model.Predict([3]);

    private SimpleNnRegressionTrainer Trainer(long? memoryBudget = null) => _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
    {
        HiddenLayers = [4],
        NumberOfEpochs = 2,
        EarlyStopping = false,
        Seed = 1,
        NumberOfThreads = 1,
        MemoryBudget = memoryBudget,
    });

    private IDataView View<TRow>(IEnumerable<TRow> rows) where TRow : class => _ml.Data.LoadFromEnumerable(rows);

    private static List<NumberRow> NumberRows(Action<List<NumberRow>>? change = null)
    {
        List<NumberRow> rows = [.. Enumerable.Range(0, 20).Select(i => new NumberRow { Features = [i], Label = [i, 2 * i, 100 - i] })];
        change?.Invoke(rows);
        return rows;
    }

    private static List<TagRow> TagRows(Action<List<TagRow>>? change = null)
    {
        List<TagRow> rows = [.. Enumerable.Range(0, 20).Select(i => new TagRow { Features = [i], Label = [i > 9, i % 2 == 0] })];
        change?.Invoke(rows);
        return rows;
    }

    private static void Refuses<TException>(string message, Action action) where TException : Exception => Assert.AreEqual(message, Assert.ThrowsExactly<TException>(action).Message);

    private sealed class NumberRow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public float[]? Label { get; set; }
    }

    private sealed class TagRow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public bool[]? Label { get; set; }
    }

    private sealed class Sparse
    {
        [VectorType(5)]
        public VBuffer<float> Features { get; set; }

        public float Label { get; set; }
    }
}
