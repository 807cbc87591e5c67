using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Columns of different kinds beside each other, and numbers far from zero or far outside, with the defaults.</summary>
[TestClass]
public sealed class InputStageOfTrainersTests
{
    private const long Little = 20_000; // bytes: a fraction of the rows
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>The year alone tells the label. With 20 towns and more the rows are kept sparse, where the year must not drown among them.</summary>
    [TestMethod]
    [DataRow(20, null)]
    [DataRow(20, Little)]
    [DataRow(200, null)]
    [DataRow(200, Little)]
    [DataRow(5, null, DisplayName = "stored dense")]
    [DataRow(5, Little, DisplayName = "dense, streamed")]
    public void A_year_beside_a_one_hot_town_is_learnt(int towns, long? memory)
    {
        IDataView data = Cars(towns);
        var regression = Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price" }, memory);
        var binary = Quick(new SimpleNnBinaryTrainer.Options { LabelColumnName = "IsNew" }, memory);
        var multiclass = Quick(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Age" }, memory);

        Assert.IsGreaterThan(0.99, _ml.Regression.Evaluate(_ml.Regression.Trainers.SimpleNn(regression).Fit(data).Transform(data), "Price").RSquared);
        Assert.IsGreaterThan(0.95, _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.SimpleNn(binary).Fit(data).Transform(data), "IsNew").Accuracy);
        Assert.IsGreaterThan(0.95, _ml.MulticlassClassification.Evaluate(_ml.MulticlassClassification.Trainers.SimpleNn(multiclass).Fit(data).Transform(data), "Age").MicroAccuracy);
    }

    /// <summary>What the history tells of the validation rows is what the finished model does on them, however far from zero the feature is.</summary>
    [TestMethod]
    [DataRow(0f)]
    [DataRow(1e6f)]
    [DataRow(8e6f)]
    [DataRow(16e6f)]
    public void Codes_far_from_zero_score_as_the_history_says(float offset)
    {
        Numbered[] rows = [.. Enumerable.Range(0, 310).Select(i => new Numbered { Features = [offset + i % 31], Label = 2 * (i % 31) })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { Seed = 1, HiddenLayers = [32], NumberOfEpochs = 28 }).Fit(data, data);
        TrainingHistory history = model.Model.TrainingHistory;
        double mean = rows.Average(row => row.Label), variance = rows.Average(row => (row.Label - mean) * (row.Label - mean));
        double told = Math.Sqrt(history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value * variance);

        var metrics = _ml.Regression.Evaluate(model.Transform(data));
        Assert.AreEqual(told, metrics.RootMeanSquaredError, 1e-4 * Math.Max(1, told));
        if (offset <= 8e6f) Assert.IsGreaterThan(0.99, metrics.RSquared); // beyond, neighbouring codes are the same float
    }

    [TestMethod]
    public void One_age_of_9999_spoils_nothing()
    {
        var random = new Random(6);
        Aged Row()
        {
            (float age, float other) = (18 + 62 * random.NextSingle(), random.NextSingle());
            return new Aged { Features = [age, other], Label = MathF.Sin(age / 10) + other };
        }

        Aged[] rows = [.. Enumerable.Range(0, 900).Select(_ => Row())];
        rows[77].Features[0] = 9999;
        IDataView test = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 800).Select(_ => Row()).ToArray());
        var model = _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { Seed = 1, HiddenLayers = [64], Effort = Effort.Quick }).Fit(_ml.Data.LoadFromEnumerable(rows));

        Assert.IsGreaterThan(0.9, _ml.Regression.Evaluate(model.Transform(test)).RSquared);
    }

    private static TOptions Quick<TOptions>(TOptions options, long? memory) where TOptions : SimpleNnOptionsBase
    {
        (options.Seed, options.HiddenLayers, options.NumberOfEpochs, options.RefitOnAllRows, options.MemoryBudget) = (1, [64], 28, false, memory);
        return options;
    }

    private IDataView Cars(int towns)
    {
        IDataView cars = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1500).Select(i => new { Year = 2000f + i / 7 % 24, Town = "t" + i % towns, Price = (float)(i / 7 % 24), IsNew = i / 7 % 24 >= 12, Class = i / 7 % 24 / 8 }).ToArray());
        return _ml.Transforms.Categorical.OneHotEncoding("Towns", "Town").Append(_ml.Transforms.Concatenate("Features", "Year", "Towns"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Age", "Class")).Fit(cars).Transform(cars);
    }

    private sealed class Numbered
    {
        public float Label { get; set; }

        [VectorType(1)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Aged
    {
        public float Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
