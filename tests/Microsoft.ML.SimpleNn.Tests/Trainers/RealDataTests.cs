using System.Globalization;
using DigitImages.Data;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Accuracy on real data with the default options, by ML.NET's own evaluator. Skipped where the data is absent.</summary>
[TestClass]
public sealed class RealDataTests
{
    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void MNIST_with_128_hidden_units()
    {
        IdxImageData images = IdxImageData.Load(_ml, Repository.SharedData("mnist"));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label").Append(images.ToFeatures())
            .Append(_ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [128], learningRate: 0.003f));

        AssertAccuracy(0.980, _ml.MulticlassClassification.Evaluate(pipeline.Fit(images.Training).Transform(images.Test)).MicroAccuracy);
    }

    [TestMethod]
    public void Optdigits_with_no_options()
    {
        IDataView training = ReadCsv(Repository.SharedData("optdigits", "optdigits.tra"), label: 64, features: 0..64);
        IDataView test = ReadCsv(Repository.SharedData("optdigits", "optdigits.tes"), label: 64, features: 0..64);

        AssertAccuracy(0.970, _ml.MulticlassClassification.Evaluate(Pipeline().Fit(training).Transform(test)).MicroAccuracy);
    }

    [TestMethod]
    public void WDBC_by_cross_validation()
    {
        IDataView data = ReadCsv(Repository.SharedData("wdbc", "wdbc.data"), label: 1, features: 2..32);

        var folds = _ml.MulticlassClassification.CrossValidate(data, Pipeline(), numberOfFolds: 10, seed: 1);

        AssertAccuracy(0.970, folds.Average(fold => fold.Metrics.MicroAccuracy));
    }

    private void AssertAccuracy(double goal, double accuracy)
    {
        TestContext.WriteLine($"micro accuracy {accuracy:F4}");
        Assert.IsGreaterThanOrEqualTo(goal, accuracy);
    }

    private EstimatorChain<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>> Pipeline() =>
        _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.SimpleNn());

    private IDataView ReadCsv(string file, int label, Range features)
    {
        var rows = File.ReadLines(file).Where(line => line.Length > 0).Select(line => line.Split(',')).Select(cells => new LabelledRow
        {
            Label = cells[label],
            Features = [.. cells[features].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))],
        }).ToArray();
        var schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[nameof(LabelledRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return _ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class LabelledRow
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
