using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A slot of the label that is missing in all rows is warned about, and is predicted as NaN, never as a number that looks learnt.</summary>
[TestClass]
public sealed class UnknownOutputTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_is_predicted_as_missing_with_one_warning(bool labels)
    {
        foreach (int ensembleSize in new[] { 1, 2 })
        {
            var ml = new MLContext(seed: 1);
            var log = new LogCapture(ml);
            var model = Trainer(ml, labels, ensembleSize).Fit(Data(ml, labels, float.NaN)).Model;

            CollectionAssert.AreEqual(new[] { "Label column 'Label' is missing in all training rows in slot 1: nothing can be learnt of it, and the model's prediction of it is NaN. Leave it out of the label." }, log.Warnings);
            AssertOnlyTheSecondIsMissing(model.Predict([50]));
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_stays_so_when_the_model_is_saved_and_loaded(bool labels)
    {
        IDataView data = Data(_ml, labels, float.NaN);
        var model = Trainer(_ml, labels).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;

        foreach (float[] scores in _ml.Model.Load(stream, out _).Transform(data).GetColumn<float[]>("Score")) AssertOnlyTheSecondIsMissing(scores);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Training_goes_on_with_rows_where_it_is_known_and_not_known(bool labels)
    {
        SimpleNnRegressionTrainer trainer = Trainer(_ml, labels);
        IDataView unknown = Data(_ml, labels, float.NaN), known = Data(_ml, labels, 0);
        var first = trainer.Fit(unknown).Model;

        AssertOnlyTheSecondIsMissing(trainer.Fit(unknown, first).Model.Predict([50]));
        SimpleNnRegressionModelParameters learnt = trainer.Fit(known, first).Model;
        Assert.IsTrue(learnt.Predict([50]).All(float.IsFinite));
        Assert.IsTrue(trainer.Fit(unknown, learnt).Model.Predict([50]).All(float.IsFinite), "what was learnt before is not forgotten");
    }

    private static void AssertOnlyTheSecondIsMissing(float[] prediction) => CollectionAssert.AreEqual(new[] { false, true, false }, Array.ConvertAll(prediction, float.IsNaN));

    private static SimpleNnRegressionTrainer Trainer(MLContext ml, bool labels, int ensembleSize = 1) => ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
    {
        HiddenLayers = [8],
        NumberOfEpochs = 6,
        Seed = 1,
        NumberOfThreads = 1,
        Loss = labels ? Loss.SigmoidCrossEntropy : null,
        EnsembleSize = ensembleSize,
    });

    private static IDataView Data(MLContext ml, bool labels, float second) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i =>
        new Row { Features = [i], Label = labels ? [i % 2, float.IsNaN(second) ? second : i % 3 == 0 ? 1 : 0, i > 50 ? 1 : 0] : [i, second + i, 1000 + i] }).ToArray());

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public float[] Label { get; set; } = [];
    }
}
