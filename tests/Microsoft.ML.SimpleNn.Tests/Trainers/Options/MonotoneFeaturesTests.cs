using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>MonotoneFeatures: the score of a pipeline keeps its direction, before and after the model is saved, whatever the rows say.</summary>
[TestClass]
public sealed class MonotoneFeaturesTests
{
    private const int Steps = 100;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void The_score_of_each_of_a_thousand_rows_keeps_its_direction(bool binary, bool streamed)
    {
        Flat[] rows = Rows(1000);
        Dictionary<string, int> directions = new() { ["Area"] = 1, ["Age"] = -1 };
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer bound = Pipeline(binary, streamed, directions).Fit(data), free = Pipeline(binary, streamed, null).Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(bound, data.Schema, file);

        Assert.AreEqual(0, Violations(bound, rows));
        Assert.AreEqual(0, Violations(_ml.Model.Load(file, out _), rows));
        Assert.IsGreaterThan(1000, Violations(free, rows));
    }

    [TestMethod]
    public void Copies_of_the_options_do_not_share_the_directions()
    {
        var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", MonotoneFeatures = new() { ["Area"] = 1 } };
        var trainer = _ml.Regression.Trainers.SimpleNn(options);
        options.MonotoneFeatures["Area"] = 7;

        _ = _ml.Transforms.Concatenate("Features", "Area", "Age").Append(trainer).Fit(_ml.Data.LoadFromEnumerable(Rows(50)));
    }

    /// <summary>The price falls with the area, and rises with the age, against what is asked.</summary>
    private static Flat[] Rows(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float area = 20 + 200 * random.NextSingle(), age = 100 * random.NextSingle(), noise = random.NextSingle();
            float price = -area + 2 * age + 40 * MathF.Sin(area / 9) + 30 * noise;
            return new Flat { Area = area, Age = age, Noise = noise, Town = $"town {random.Next(40)}", Price = price, IsDear = price > -20 };
        })];
    }

    private EstimatorChain<ITransformer> Pipeline(bool binary, bool streamed, Dictionary<string, int>? directions)
    {
        IEstimator<ITransformer> trainer = binary
            ? _ml.BinaryClassification.Trainers.SimpleNn(Quick(new SimpleNnBinaryTrainer.Options { LabelColumnName = "IsDear", MonotoneFeatures = directions }, streamed))
            : _ml.Regression.Trainers.SimpleNn(Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", MonotoneFeatures = directions }, streamed));
        return _ml.Transforms.Categorical.OneHotEncoding("Town").Append(_ml.Transforms.Concatenate("Features", "Area", "Age", "Noise", "Town")).Append(trainer);
    }

    private static TOptions Quick<TOptions>(TOptions options, bool streamed)
        where TOptions : SimpleNnOptionsBase
    {
        (options.Effort, options.HiddenLayers, options.Seed, options.NumberOfThreads) = (Effort.Quick, [16, 16], 1, 1);
        if (streamed) options.MemoryBudget = 10_000;
        return options;
    }

    private int Violations(ITransformer model, Flat[] rows) => Violations(model, rows, 1, (row, share) => row with { Area = 20 + 200 * share })
        + Violations(model, rows, -1, (row, share) => row with { Age = 100 * share });

    private int Violations(ITransformer model, Flat[] rows, int direction, Func<Flat, float, Flat> at)
    {
        IEnumerable<Flat> walk = rows.SelectMany(row => Enumerable.Range(0, Steps).Select(step => at(row, (float)step / Steps)));
        float[] scores = [.. model.Transform(_ml.Data.LoadFromEnumerable(walk)).GetColumn<float>("Score")];
        return scores.Chunk(Steps).Sum(row => row.Zip(row.Skip(1)).Count(pair => direction * (pair.Second - pair.First) < 0));
    }

    private sealed record Flat
    {
        public float Area { get; init; }

        public float Age { get; init; }

        public float Noise { get; init; }

        public string Town { get; init; } = "";

        public float Price { get; init; }

        public bool IsDear { get; init; }
    }
}
