using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Intervals around predicted numbers: that they have the numbers as often as they are to, by each way in which rows are held out.</summary>
[TestClass]
public sealed class PredictionIntervalTests
{
    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Fewer than 2,500 rows are divided in five folds; of more a part is held out once; the normal distribution has 90 % within 1.645 deviations.</summary>
    [TestMethod]
    [DataRow(2000, null)]
    [DataRow(4000, 0.4)]
    public void Nine_of_ten_new_numbers_lie_in_their_intervals(int rows, double? fraction)
    {
        foreach (int seed in new[] { 1, 2, 3, 4, 5 })
        {
            SimpleNnRegressionTrainer.Options options = Options();
            (options.IntervalCoverage, options.ValidationFraction, options.Seed) = (0.9f, fraction, seed);
            var model = Train(options, NoisyRow.Rows(rows, seed));
            Bounds[] bounds = Score(model, NoisyRow.Rows(20_000, seed + 1000));

            double coverage = bounds.Average(row => row.ScoreLower <= row.Label && row.Label <= row.ScoreUpper ? 1.0 : 0);
            TestContext.WriteLine($"seed {seed}: coverage {coverage:F3}, half width {model.Model.Interval!.Value.HalfWidth:F3}");
            Assert.IsInRange(0.88, 0.92, coverage, $"seed {seed}");
            Assert.IsInRange(1.5, 1.8, model.Model.Interval!.Value.HalfWidth, $"seed {seed}");
        }
    }

    /// <summary>Of n errors in their order the one at 0.9 (n + 1), rounded up.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void With_validation_rows_the_width_is_the_quantile_of_their_errors(int ensembleSize)
    {
        SimpleNnRegressionTrainer.Options options = Options();
        (options.IntervalCoverage, options.EnsembleSize) = (0.9f, ensembleSize);
        List<NoisyRow> validation = NoisyRow.Rows(99, 7);

        var model = _ml.Regression.Trainers.SimpleNn(options).Fit(_ml.Data.LoadFromEnumerable(NoisyRow.Rows(300, 1)), _ml.Data.LoadFromEnumerable(validation)).Model;

        float[] errors = [.. validation.Select(row => Math.Abs(FirstNetwork(model, row.Features) - row.Label)).Order()];
        Assert.AreEqual(errors[90 - 1], model.Interval!.Value.HalfWidth, 1e-5);
    }

    [TestMethod]
    public void A_row_counts_with_its_weight()
    {
        var network = new Network(new DenseLayer(1, 1)); // always 0
        float[] targets = [.. Enumerable.Range(1, 19).Select(i => i % 2 == 0 ? i : -(float)i)], weights = [.. Enumerable.Repeat(1f, 19)];
        Assert.AreEqual(18, Width(weights), "0.9 (19 + 1) rows");
        weights[2] = 11;
        Assert.AreEqual(17, Width(weights), "0.9 (29 + 1) = 27 of 29 rows, eleven of which have the error 3");

        float Width(float[] weightOfRow)
        {
            var errors = new HeldOutErrors(0.9f, Loss.SquaredError, holdsOut: true);
            errors.Add(network, new DenseExamples(new float[19], 1, targets, weights: weightOfRow), seed: 1);
            return errors.Interval().HalfWidth;
        }
    }

    [TestMethod]
    [DataRow(300, null)]
    [DataRow(300, 0.3)]
    public void The_weights_are_those_without_the_option(int rows, double? fraction)
    {
        SimpleNnRegressionTrainer.Options options = Options();
        options.ValidationFraction = fraction;
        float[] without = RegressionTask.Weights(Train(options, NoisyRow.Rows(rows, 1)).Model);
        options.IntervalCoverage = 0.8f;

        CollectionAssert.AreEqual(without, RegressionTask.Weights(Train(options, NoisyRow.Rows(rows, 1)).Model));
    }

    [TestMethod]
    public void The_bounds_come_back_from_a_file_and_lie_about_the_score()
    {
        SimpleNnRegressionTrainer.Options options = Options();
        options.IntervalCoverage = 0.8f;
        var model = Train(options, NoisyRow.Rows(300, 1));
        List<NoisyRow> rows = NoisyRow.Rows(50, 2);
        rows[3].Features[0] = float.PositiveInfinity;
        Bounds[] bounds = Score(model, rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, null, stream);
        ITransformer loaded = _ml.Model.Load(stream, out _);

        Bounds[] again = Score(loaded, rows);
        PredictionInterval interval = ((RegressionPredictionTransformer<SimpleNnRegressionModelParameters>)loaded).Model.Interval!.Value;
        Assert.AreEqual(model.Model.Interval!.Value, interval);
        Assert.AreEqual(0.8f, interval.Coverage);
        for (int i = 0; i < bounds.Length; i++)
        {
            Assert.AreEqual(bounds[i].Score - interval.HalfWidth, bounds[i].ScoreLower);
            Assert.AreEqual(bounds[i].Score + interval.HalfWidth, bounds[i].ScoreUpper);
            Assert.AreEqual((bounds[i].Score, bounds[i].ScoreLower, bounds[i].ScoreUpper), (again[i].Score, again[i].ScoreLower, again[i].ScoreUpper));
        }
        Assert.IsTrue(float.IsNaN(bounds[3].ScoreLower) && float.IsNaN(bounds[3].ScoreUpper));
    }

    [TestMethod]
    public void The_columns_are_those_that_the_estimator_foretells()
    {
        SimpleNnRegressionTrainer.Options options = Options();
        options.IntervalCoverage = 0.8f;
        IDataView rows = _ml.Data.LoadFromEnumerable(NoisyRow.Rows(200, 1));
        var trainer = _ml.Regression.Trainers.SimpleNn(options);

        DataViewSchema actual = trainer.Fit(rows).Transform(rows).Schema;

        EstimatorContract.SchemaContract.AssertForetold(trainer.GetOutputSchema(EstimatorContract.SchemaContract.ShapeOf(rows.Schema)), actual);
        CollectionAssert.AreEqual(new[] { "Features", "Label", "Score", "ScoreLower", "ScoreUpper" }, actual.Select(column => column.Name).ToArray());
        Assert.IsGreaterThan(0.5, _ml.Regression.Evaluate(trainer.Fit(rows).Transform(rows)).RSquared);
    }

    /// <summary>A large network scores views in batches, and a prediction engine one row after the other.</summary>
    [TestMethod]
    [DataRow(16)]
    [DataRow(700)]
    public void Rows_one_by_one_have_the_bounds_of_the_view(int units)
    {
        SimpleNnRegressionTrainer.Options options = Options();
        (options.IntervalCoverage, options.HiddenLayers, options.NumberOfEpochs, options.ValidationFraction) = (0.8f, [units, units], 1, 0.2);
        var model = Train(options, NoisyRow.Rows(100, 1));
        List<NoisyRow> rows = NoisyRow.Rows(20, 2);
        Bounds[] bounds = Score(model, rows);
        using var engine = _ml.Model.CreatePredictionEngine<NoisyRow, Bounds>(model);

        for (int i = 0; i < rows.Count; i++)
        {
            Bounds alone = engine.Predict(rows[i]);
            Assert.AreEqual((bounds[i].ScoreLower, bounds[i].Score, bounds[i].ScoreUpper), (alone.ScoreLower, alone.Score, alone.ScoreUpper));
            Assert.AreEqual(model.Model.Predict(rows[i].Features)[0], alone.Score);
        }
    }

    /// <summary>The reader of docs/MODEL_FORMAT.md, which uses nothing of the library.</summary>
    [TestMethod]
    [DataRow(null, 0x00010004u)]
    [DataRow(0.8f, 0x00010005u)]
    public void A_file_has_the_new_version_only_with_an_interval(float? coverage, uint version)
    {
        SimpleNnRegressionTrainer.Options options = Options();
        options.IntervalCoverage = coverage;
        string file = Path.GetTempFileName();
        try
        {
            _ml.Model.Save(Train(options, NoisyRow.Rows(200, 1)), null, file);
            using Models.DocumentedModel read = Models.DocumentedModel.Open(file);

            Assert.AreEqual(read.End, read.Position);
            Assert.AreEqual(version, read.Version);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow(0f, 1f, false)]
    [DataRow(1f, 1f, false)]
    [DataRow(0.9f, -1f, false)]
    [DataRow(0.9f, float.NaN, false)]
    [DataRow(0.9f, 1f, true)]
    public void An_interval_that_cannot_be_is_no_model(float coverage, float halfWidth, bool isVector)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            RegressionFormat.Write(writer, ScoreMeaning.Number, isVector, names: null, new PredictionInterval(coverage, halfWidth));
        stream.Position = 0;
        using var reader = new ModelReader(stream);

        Assert.Contains("its interval has", Assert.ThrowsExactly<FormatException>(() => RegressionFormat.Read(reader, 1, tellsNames: true)).Message);
    }

    [TestMethod]
    public void A_rate_has_no_bound_below_0_and_a_constant_no_width()
    {
        SimpleNnRegressionTrainer.Options options = Options();
        (options.IntervalCoverage, options.Loss) = (0.9f, Loss.Poisson);
        var random = new Random(1);
        List<NoisyRow> counts = [.. NoisyRow.Rows(300, 1).Select(row => new NoisyRow { Features = row.Features, Label = random.Next(2) })];
        var model = Train(options, counts);
        Bounds[] bounds = Score(model, counts);
        float halfWidth = model.Model.Interval!.Value.HalfWidth;
        Assert.IsTrue(bounds.All(row => row.ScoreLower == Math.Max(0, row.Score - halfWidth) && row.ScoreUpper == row.Score + halfWidth));
        Assert.IsTrue(bounds.Any(row => row.ScoreLower == 0));

        options.Loss = null;
        List<NoisyRow> constant = [.. counts.Select(row => new NoisyRow { Features = row.Features, Label = 5 })];
        Assert.IsTrue(Score(Train(options, constant), constant).All(row => row.ScoreLower == 5 && row.ScoreUpper == 5));
    }

    [TestMethod]
    public void California_housing_within_two_hundredths()
    {
        float[][] rows = [.. File.ReadLines(Repository.SharedData("california-housing", "cal_housing.data")).Select(line => Array.ConvertAll(line.Split(','), cell => float.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)))];
        new Random(1).Shuffle(rows);
        var schema = SchemaDefinition.Create(typeof(House));
        schema[nameof(House.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 8);
        House[] houses = Array.ConvertAll(rows, row => new House { Features = row[..8], Label = row[8] });
        var model = _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { IntervalCoverage = 0.9f, Effort = Effort.Quick, HiddenLayers = [32], Seed = 1 })
            .Fit(_ml.Data.LoadFromEnumerable(houses[..15000], schema));

        Bounds[] bounds = [.. _ml.Data.CreateEnumerable<Bounds>(model.Transform(_ml.Data.LoadFromEnumerable(houses[15000..], schema)), reuseRowObject: false)];
        double coverage = bounds.Average(row => row.ScoreLower <= row.Label && row.Label <= row.ScoreUpper ? 1.0 : 0);
        TestContext.WriteLine($"coverage {coverage:F3}");
        Assert.IsInRange(0.88, 0.92, coverage);
    }

    [TestMethod]
    public void What_cannot_be_is_refused_with_a_remedy_before_the_training()
    {
        SimpleNnRegressionTrainer.Options options = Options();
        (options.IntervalCoverage, options.EarlyStopping) = (0.9f, false);
        AssertRefused("IntervalCoverage is 0.9, which takes 9 rows or more that are held out, but there are 0: set EarlyStopping to true, or give validation rows to Fit.");
        Assert.IsNotNull(_ml.Regression.Trainers.SimpleNn(options).Fit(_ml.Data.LoadFromEnumerable(NoisyRow.Rows(200, 1)), _ml.Data.LoadFromEnumerable(NoisyRow.Rows(9, 2))).Model.Interval);

        (options.IntervalCoverage, options.EarlyStopping, options.ValidationFraction) = (0.99f, true, 0.1);
        AssertRefused("IntervalCoverage is 0.99, which takes 99 rows or more that are held out, but there are 20: give more rows, a larger ValidationFraction, validation rows to Fit, or a smaller coverage.");
        options.ValidationFraction = 0.5;
        Assert.IsNotNull(Train(options, NoisyRow.Rows(200, 1)).Model.Interval);

        options.Loss = Loss.Quantile(0.1f, 0.9f);
        AssertRefused("must be null with Loss.Quantile, whose scores are bounds themselves");
        options.Loss = null;
        options.LabelColumnName = "Features";
        AssertRefused("Label column 'Features' is Vector<Single>, but IntervalCoverage makes the interval of one number: leave the option null, or give a label of Single.");

        void AssertRefused(string message) => Assert.Contains(message, Assert.Throws<Exception>(() => Train(options, NoisyRow.Rows(200, 1))).Message);
    }

    private static SimpleNnRegressionTrainer.Options Options() => new() { HiddenLayers = [16], NumberOfEpochs = 12, Seed = 1, NumberOfThreads = 1 };

    private static float FirstNetwork(SimpleNnRegressionModelParameters model, float[] features)
    {
        float[] output = new float[1];
        model.Network.Predict(features, 1, output);
        return output[0];
    }

    private RegressionPredictionTransformer<SimpleNnRegressionModelParameters> Train(SimpleNnRegressionTrainer.Options options, List<NoisyRow> rows) =>
        _ml.Regression.Trainers.SimpleNn(options).Fit(_ml.Data.LoadFromEnumerable(rows));

    private Bounds[] Score(ITransformer model, List<NoisyRow> rows) =>
        [.. _ml.Data.CreateEnumerable<Bounds>(model.Transform(_ml.Data.LoadFromEnumerable(rows)), reuseRowObject: false)];

    private sealed class House
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Bounds
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public float ScoreLower { get; set; }

        public float ScoreUpper { get; set; }
    }
}
