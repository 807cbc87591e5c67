using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Features and labels in units near the ends of single precision: a training that is said to be completed gives scores, and a file that loads.</summary>
[TestClass]
public sealed class ExtremeUnitsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1e-20f, 1e20f)]
    [DataRow(1e-30f, 1e30f)]
    [DataRow(1e30f, 1e-30f)]
    [DataRow(1e-20f, 1e37f)]
    public void The_finished_regression_scores_and_loads(float featureUnit, float labelUnit)
    {
        var random = new Random(1);
        List<Row> rows = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            (float x, float y) = (random.NextSingle(), random.NextSingle());
            return new Row { Features = [x * featureUnit, y * featureUnit], Label = (x - y) * labelUnit };
        })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { HiddenLayers = [], NumberOfThreads = 1, Seed = 1 }).Fit(data);

        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        double error = rows.Zip(scores, (row, score) => Math.Pow(((double)row.Label - score) / labelUnit, 2)).Average();
        Assert.IsLessThan(0.01, error); // the variance of x - y is 1/6
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        CollectionAssert.AreEqual(scores, _ml.Model.Load(stream, out _).Transform(data).GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void A_network_that_is_not_finite_is_refused_with_column_slot_and_remedy()
    {
        Network network = Network.Create(2, [3], 1);
        network.Layers[0].Parameters.Span[network.Layers[0].Layout.IndexOf(1, 2)] = float.NegativeInfinity;
        DataViewSchema.Column features = _ml.Data.LoadFromEnumerable([new Row()]).Schema["Features"];

        string message = Assert.Throws<InvalidOperationException>(() => FinishedNetwork.Check(_ml, network, features)).Message;

        Assert.AreEqual("The training gave a network that cannot be used: the weight from input 1 to unit 2 of layer 1 is -Infinity, which is slot 1 of column 'Features'. " +
            "Look for extreme values, keep NormalizeFeatures on, or bring features and labels to a usual size before the trainer.", message);
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        public float Label { get; set; }
    }
}
