using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The regression trainer on made data whose best prediction is known.</summary>
[TestClass]
public sealed class RegressionTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_error_comes_near_the_noise()
    {
        var model = _ml.Regression.Trainers.SimpleNn().Fit(Waves(4000, seed: 1));
        var metrics = _ml.Regression.Evaluate(model.Transform(Waves(2000, seed: 2)));

        Assert.IsLessThan(0.115, metrics.RootMeanSquaredError); // the noise has deviation 0.1
        Assert.IsGreaterThan(0.09, metrics.RootMeanSquaredError);
    }

    [TestMethod]
    public void Losses_for_outliers_do_better_than_squared_error_where_there_are_outliers()
    {
        IDataView training = Waves(3000, seed: 1, outliers: true), test = Waves(1000, seed: 2);
        double Error(Loss loss) => _ml.Regression.Evaluate(Fit(training, o => o.Loss = loss).Transform(test)).MeanAbsoluteError;

        double squared = Error(Loss.SquaredError);
        Assert.IsLessThan(squared / 2, Error(Loss.AbsoluteError));
        Assert.IsLessThan(squared / 2, Error(Loss.Huber(0.1f)));
    }

    [TestMethod]
    public void Poisson_finds_the_rate_of_counts()
    {
        var random = new Random(1);
        Point[] rows = [.. Enumerable.Range(0, 6000).Select(_ =>
        {
            float x = random.NextSingle();
            return new Point { Features = [x, 0], Label = PoissonNumber(random, 2 * Math.Exp(2 * x)) };
        })];

        float[] rates = Scores(Fit(_ml.Data.LoadFromEnumerable(rows), o => o.Loss = Loss.Poisson)
            .Transform(_ml.Data.LoadFromEnumerable(new Point[] { new() { Features = [0.1f, 0] }, new() { Features = [0.9f, 0] } })));
        Assert.AreEqual(2 * Math.Exp(0.2), rates[0], 0.4);
        Assert.AreEqual(2 * Math.Exp(1.8), rates[1], 1.5);
    }

    [TestMethod]
    public void Two_quantiles_of_one_network_hold_nine_of_ten_new_rows()
    {
        IDataView scored = Fit(Waves(4000, seed: 1), o => (o.Loss, o.HiddenLayers) = (Loss.Quantile(0.05f, 0.95f), [32])).Transform(Waves(2000, seed: 2));
        float[][] quantiles = [.. scored.GetColumn<float[]>("Score")];
        double coverage = scored.GetColumn<float>("Label").Zip(quantiles).Average(row => row.First >= row.Second[0] && row.First <= row.Second[1] ? 1.0 : 0.0);

        Assert.AreEqual(0.9, coverage, 0.03);
    }

    [TestMethod]
    public void Several_numbers_at_once_of_which_some_are_missing()
    {
        Points[] rows = MadePoints(3000, seed: 1);
        foreach (Points row in rows.Where((_, index) => index % 3 == 0)) row.Label[1] = float.NaN;
        rows[1].Label = [float.NaN, float.NaN];
        var model = _ml.Regression.Trainers.SimpleNn().Fit(_ml.Data.LoadFromEnumerable(rows));
        MultiOutputRegressionMetrics metrics = _ml.Regression.EvaluateOutputs(model.Transform(_ml.Data.LoadFromEnumerable(MadePoints(1000, seed: 2))));

        Assert.HasCount(2, metrics.Outputs);
        Assert.IsLessThan(0.05, metrics.Outputs[0].RootMeanSquaredError);
        Assert.IsLessThan(50, metrics.Outputs[1].RootMeanSquaredError); // its deviation is about 1,000
    }

    [TestMethod]
    public void Several_labels_at_once()
    {
        Marks[] Rows(int seed) => [.. MadePoints(2000, seed).Select(point => new Marks { Features = point.Features, Label = [point.Label[0] > 0, point.Label[1] > 500, point.Features[0] > point.Features[1]] })];
        var model = _ml.Regression.Trainers.SimpleNn().Fit(_ml.Data.LoadFromEnumerable(Rows(1)));
        MultiLabelMetrics metrics = _ml.Regression.EvaluateLabels(model.Transform(_ml.Data.LoadFromEnumerable(Rows(2))));

        foreach (LabelMetrics label in metrics.Labels) Assert.IsGreaterThan(0.97, label.Accuracy);
        Assert.IsGreaterThan(0.93, metrics.SubsetAccuracy);
    }

    [TestMethod]
    public void Rows_without_a_number_are_left_out()
    {
        Point[] rows = [new() { Features = [0, 0], Label = 3 }, new() { Features = [1, 0], Label = float.NaN }, new() { Features = [0, 1], Label = 3 }];
        using var log = new StringWriter();
        _ml.Log += (_, line) => log.WriteLine(line.Message);
        var model = Fit(_ml.Data.LoadFromEnumerable(rows), o => o.NumberOfEpochs = 2);

        Assert.Contains("1 of 3 rows of the training data have no label in column 'Label' and are left out.", log.ToString());
        foreach (float score in Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows[..1])))) Assert.AreEqual(3, score, 1); // a constant label is learnt too
    }

    [TestMethod]
    public void Labels_that_cannot_be_learnt_from_are_refused()
    {
        Refuses("Label column 'Label' has -1 in row 2 of the training data (counted from 1), but", [0, -1], o => o.Loss = Loss.Poisson);
        Refuses("Label column 'Label' has 2 in row 2", [0, 2], o => o.Loss = Loss.SigmoidCrossEntropy);
        Refuses("Label column 'Label' has Infinity in row 1", [float.PositiveInfinity, 1], _ => { });
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Waves(10, 1), o => o.Loss = Loss.SoftmaxCrossEntropy));
        Assert.Contains("Loss is SoftmaxCrossEntropy: it must be a loss for numbers, for example Loss.SquaredError; for classes use mlContext.MulticlassClassification.Trainers.SimpleNn.", error.Message);
    }

    [TestMethod]
    public void The_row_of_an_error_is_counted_as_the_user_counts_and_its_data_named()
    {
        Measurement[] rows = [.. Measurement.Rows(5)];
        (rows[0].Weight, rows[1].Height, rows[3].Height) = (0, float.NaN, float.NegativeInfinity);
        var options = RegressionTask.Options("number");
        options.ExampleWeightColumnName = "Weight";
        IDataView good = _ml.Data.LoadFromEnumerable(Measurement.Rows(5)), bad = _ml.Data.LoadFromEnumerable(rows);
        string Error(Action fit) => Assert.Throws<Exception>(fit).Message;

        var trainer = _ml.Regression.Trainers.SimpleNn(options);
        Assert.StartsWith("Label column 'Height' has -Infinity in row 4 of the training data (counted from 1): correct", Error(() => trainer.Fit(bad)));
        Assert.StartsWith("Label column 'Height' has -Infinity in row 4 of the validation data (counted from 1): correct", Error(() => trainer.Fit(good, bad)));
        options.LabelColumnName = "Sizes";
        rows[3].Height = 0;
        rows[2].Width = float.PositiveInfinity;
        Assert.StartsWith("Label column 'Sizes' has Infinity in row 3 of the training data (counted from 1), slot 1: correct",
            Error(() => _ml.Regression.Trainers.SimpleNn(options).Fit(RegressionTask.View(_ml, rows))));
    }

    [TestMethod]
    public void Validation_labels_of_another_kind_are_refused()
    {
        IDataView booleans = RegressionTask.View(_ml, Measurement.Rows(20));
        IDataView singles = _ml.Transforms.Conversion.ConvertType("Marks", outputKind: DataKind.Single).Fit(booleans).Transform(booleans);
        var error = Assert.Throws<Exception>(() => _ml.Regression.Trainers.SimpleNn(RegressionTask.Options("labels")).Fit(booleans, singles));

        Assert.StartsWith("Label column 'Marks' is Vector<Single, 2> in the validation data and Vector<Boolean, 2> in the training data: prepare both", error.Message);
    }

    [TestMethod]
    public void Labels_of_another_type_are_refused_with_a_remedy()
    {
        IDataView points = Waves(10, 1);
        AssertType("is Key<UInt32, 0-9>", "take the label as it was before MapValueToKey", _ml.Transforms.Conversion.MapValueToKey("Label"));
        AssertType("is Boolean", "train with mlContext.BinaryClassification.Trainers.SimpleNn", _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean));
        AssertType("is Double", "mlContext.Transforms.Conversion.ConvertType(\"Label\", outputKind: DataKind.Single)", _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Double));

        var marks = _ml.Data.LoadFromEnumerable(new Marks[] { new(), new() });
        Assert.Contains("leave the option null", Assert.Throws<Exception>(() => Fit(marks, o => o.Loss = Loss.SquaredError)).Message);
        var numbers = _ml.Data.LoadFromEnumerable(MadePoints(20, 1));
        Assert.Contains("needs one number, whose quantiles it learns", Assert.Throws<Exception>(() => Fit(numbers, o => o.Loss = Loss.Quantile(0.1f, 0.9f))).Message);

        void AssertType<T>(string type, string remedy, IEstimator<T> conversion)
            where T : class, ITransformer
        {
            IDataView converted = conversion.Fit(points).Transform(points);
            string message = Assert.Throws<Exception>(() => _ml.Regression.Trainers.SimpleNn().Fit(converted)).Message;
            Assert.Contains(type.Split(',')[0], message);
            Assert.Contains(remedy, message);
        }
    }

    private void Refuses(string message, float[] labels, Action<SimpleNnRegressionTrainer.Options> change)
    {
        var error = Assert.Throws<Exception>(() => Fit(_ml.Data.LoadFromEnumerable(labels.Select(label => new Point { Label = label })), change));
        Assert.Contains(message, error.Message);
    }

    private RegressionPredictionTransformer<SimpleNnRegressionModelParameters> Fit(IDataView data, Action<SimpleNnRegressionTrainer.Options> change)
    {
        var options = new SimpleNnRegressionTrainer.Options();
        change(options);
        return _ml.Regression.Trainers.SimpleNn(options).Fit(data);
    }

    /// <summary>sin 3a + b/2 and noise of deviation 0.1; with outliers, one label in ten is 20 too large.</summary>
    private IDataView Waves(int count, int seed, bool outliers = false)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i =>
        {
            float a = 2 * random.NextSingle() - 1, b = 2 * random.NextSingle() - 1;
            double noise = 0.1 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return new Point { Features = [a, b], Label = (float)(Math.Sin(3 * a) + b / 2 + noise + (outliers && i % 10 == 0 ? 20 : 0)) };
        }).ToArray());
    }

    private static Points[] MadePoints(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float a = 2 * random.NextSingle() - 1, b = 2 * random.NextSingle() - 1;
            return new Points { Features = [a, b], Label = [MathF.Sin(3 * a), 1000 * (a + b)] };
        })];
    }

    /// <summary>By D. Knuth's multiplication of uniform numbers.</summary>
    private static int PoissonNumber(Random random, double rate)
    {
        int count = 0;
        for (double product = random.NextDouble(); product > Math.Exp(-rate); product *= random.NextDouble()) count++;
        return count;
    }

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private sealed class Point
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        public float Label { get; set; }
    }

    private sealed class Points
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        [VectorType(2)]
        public float[] Label { get; set; } = [0, 0];
    }

    private sealed class Marks
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        [VectorType(3)]
        public bool[] Label { get; set; } = [false, false, false];
    }
}
