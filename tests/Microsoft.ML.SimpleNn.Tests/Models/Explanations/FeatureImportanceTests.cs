using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

[TestClass]
public sealed class FeatureImportanceTests
{
    private const int Count = 10, First = 7, Second = 3;

    /// <summary>The label is a product and a curve of two features of ten.</summary>
    [TestMethod]
    public void The_two_features_that_matter_come_first_in_each_of_100_seeds()
    {
        int found = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            var ml = new MLContext(seed);
            IDataView rows = ml.Data.LoadFromEnumerable(TenRow.Rows(200, seed));
            SimpleNnRegressionModelParameters model = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
            {
                HiddenLayers = [16],
                NumberOfEpochs = 12,
                EarlyStopping = false,
                Seed = seed,
                NumberOfThreads = 1,
            }).Fit(rows).Model;
            IReadOnlyList<FeatureImportance> importance = model.GetFeatureImportance(ml.Data.LoadFromEnumerable(TenRow.Rows(50, seed + 1000)));
            if (importance.Take(2).Select(feature => feature.Slot).Order().SequenceEqual([Second, First]))
                found++;
        }

        Assert.AreEqual(100, found);
    }

    /// <summary>y = 10 + 3 a - 2 b: the contributions are 3 |a - mean| and 2 |b - mean|, in the label's unit.</summary>
    [TestMethod]
    public void Of_a_linear_model_the_importance_is_slope_times_mean_distance_and_has_the_names_of_slots()
    {
        var ml = new MLContext(seed: 1);
        List<NamedRow> rows = [.. Enumerable.Range(0, 200).Select(i => (A: (float)Math.Sin(i), B: (float)Math.Cos(1.7 * i))).Select(x => new NamedRow { Width = x.A, Depth = x.B, Label = 10 + 3 * x.A - 2 * x.B })];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        data = ml.Transforms.Concatenate("Inputs", "Depth", "Width").Fit(data).Transform(data);
        SimpleNnRegressionModelParameters model = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
        { FeatureColumnName = "Inputs", HiddenLayers = [], Optimizer = new LbfgsOptimizer(), NumberOfEpochs = 200, EarlyStopping = false, Seed = 1 }).Fit(data).Model;

        IReadOnlyList<FeatureImportance> importance = model.GetFeatureImportance(data, "Inputs");

        CollectionAssert.AreEqual(new[] { "Width", "Depth" }, importance.Select(feature => feature.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 0 }, importance.Select(feature => feature.Slot).ToArray());
        Assert.AreEqual(3 * rows.Average(row => Math.Abs(row.Width)), importance[0].MeanContribution, 0.1);
        Assert.AreEqual(2 * rows.Average(row => Math.Abs(row.Depth)), importance[1].MeanContribution, 0.1);
    }

    [TestMethod]
    public void A_column_that_is_missing_or_another_is_named()
    {
        var ml = new MLContext(seed: 1);
        SimpleNnRegressionModelParameters model = RegressionTask.Train(ml, "number").Model;
        IDataView rows = RegressionTask.View(ml, Measurement.Rows(20));

        Assert.Contains("There is no feature column 'Inputs' in the data, which has 'Features', ", Assert.ThrowsExactly<ArgumentException>(() => model.GetFeatureImportance(rows, "Inputs")).Message);
        Assert.Contains("Feature column 'Sizes' is Vector<Single, 2>, but the model takes a vector of 4 values of Single", Assert.ThrowsExactly<ArgumentException>(() => model.GetFeatureImportance(rows, "Sizes")).Message);
        Assert.Contains("There is no row that has a score", Assert.ThrowsExactly<ArgumentException>(() => model.GetFeatureImportance(ml.Data.LoadFromEnumerable(Array.Empty<Measurement>()))).Message);
    }

    private sealed class NamedRow
    {
        public float Width { get; set; }

        public float Depth { get; set; }

        public float Label { get; set; }
    }

    private sealed class TenRow
    {
        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public static List<TenRow> Rows(int rows, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, rows).Select(_ =>
            {
                float[] x = [.. Enumerable.Range(0, Count).Select(_ => 2 * random.NextSingle() - 1)];
                return new TenRow { Features = x, Label = x[First] + 0.5f * x[First] * x[Second] + x[Second] * x[Second] * x[Second] };
            })];
        }
    }
}
