using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>
/// How much of the engine's speed is left when ML.NET scores: Transform of 10,000 rows of 784 features, of the trained model and of one that was
/// saved and loaded, which goes row by row until it is told to score in batches, beside Network.Predict of the same rows; and PredictionEngine beside Network.Predict of one row.
/// </summary>
internal static class ScoringThroughMLNet
{
    public const string Help = "scoring mlnet: Transform and PredictionEngine beside the engine's own Predict.";
    private const int Rows = 10_000, Inputs = 784, Classes = 10, Runs = 5, SingleRuns = 1000;

    /// <summary>Measures, and writes the table: the fastest of several runs.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine();
        output.WriteLine("| network | Predict, ms | Transform, ms (share) | all columns, ms (share) | loaded, ms (share) | loaded, ScoreInBatches, ms (share) | one row: Predict, PredictionEngine, us |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (int[] hidden in new int[][] { [10], [100], [200], [1000, 1000] }) Run(hidden, output);
    }

    private static void Run(int[] hidden, TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        Row[] rows = CreateRows();
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        var options = new SimpleNnMulticlassTrainer.Options { HiddenLayers = hidden, NumberOfEpochs = 1 };
        var model = ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(ml.Data.TakeRows(data, 100));
        using var file = new MemoryStream();
        ml.Model.Save(model, data.Schema, file);
        ITransformer loaded = ml.Model.Load(file, out _);
        Network network = model.Model.Network;
        float[] x = [.. rows.SelectMany(row => row.Features)], y = new float[Rows * Classes];
        using var engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        var prediction = new Prediction();

        double predict = Milliseconds(() => network.Predict(x, Rows, y));
        double transform = Milliseconds(() => Read(model.Transform(data), allColumns: false));
        double all = Milliseconds(() => Read(model.Transform(data), allColumns: true));
        double byRow = Milliseconds(() => Read(loaded.Transform(data), allColumns: false));
        ml.Model.ScoreInBatches(loaded);
        double loadedInBatches = Milliseconds(() => Read(loaded.Transform(data), allColumns: false));
        double one = Milliseconds(() =>
        {
            for (int i = 0; i < SingleRuns; i++) network.Predict(rows[i].Features, 1, y.AsSpan(0, Classes));
        });
        double oneByEngine = Milliseconds(() =>
        {
            for (int i = 0; i < SingleRuns; i++) engine.Predict(rows[i], ref prediction);
        });
        output.WriteLine(FormattableString.Invariant(
            $"| {Inputs}-{string.Join('-', hidden)}-{Classes} | {predict:F1} | {Share(transform)} | {Share(all)} | {Share(byRow)} | {Share(loadedInBatches)} | {one:F2}, {oneByEngine:F2} |"));

        string Share(double milliseconds) => FormattableString.Invariant($"{milliseconds:F1} ({predict / milliseconds:F2})");
    }

    private static Row[] CreateRows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Inputs).Select(_ => random.NextSingle())], Label = (uint)(i % Classes) + 1, Name = $"row {i}",
        })];
    }

    private static void Read(IDataView scored, bool allColumns)
    {
        DataViewSchema.Column score = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor(allColumns ? scored.Schema : [score]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> value = default;
        while (cursor.MoveNext()) getter(ref value);
    }

    private static double Milliseconds(Action run)
    {
        double fastest = double.MaxValue;
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return fastest;
    }

    private sealed class Row
    {
        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];

        [KeyType(Classes)]
        public uint Label { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
