using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What ML.NET and its users rely on in every estimator: schemas foretold, the same model again, saved and loaded alike.</summary>
[TestClass]
public sealed class MulticlassContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Trains_and_evaluates()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Blob.Rows());
        var model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [8], numberOfEpochs: 30, learningRate: 0.01f)).Fit(data);
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(Blob.Rows(seed: 2))));
        Assert.IsGreaterThan(0.95, metrics.MicroAccuracy);
        StringAssert.Contains(metrics.ConfusionMatrix.GetFormattedConfusionTable(), "versicolor");
        using var s = new MemoryStream();
        _ml.Model.Save(model, data.Schema, s);
        s.Position = 0;
        var loaded = new MLContext().Model.Load(s, out _);
        Assert.AreEqual(metrics.LogLoss, _ml.MulticlassClassification.Evaluate(loaded.Transform(_ml.Data.LoadFromEnumerable(Blob.Rows(seed: 2)))).LogLoss);
    }
}
