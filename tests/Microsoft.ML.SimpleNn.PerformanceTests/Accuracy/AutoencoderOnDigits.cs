using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>
/// Anomaly detection on MNIST: a model learns nine digits, and must tell the tenth from them in the test pictures; each digit in turn is the
/// tenth. The figure is the area under the ROC curve by ML.NET's evaluator, for the autoencoder and for ML.NET's RandomizedPca on the same pictures.
/// </summary>
internal static class AutoencoderOnDigits
{
    private const int Digits = 10;

    /// <summary>What --help prints of it.</summary>
    public const string Help = """
        accuracy autoencoder FOLDER [ROWS [SEEDS]]
          Anomaly detection on MNIST in FOLDER, each digit in turn the anomaly, from ROWS training pictures (10000) and
          with SEEDS seeds (1).
        """;

    private static readonly Dictionary<string, Func<MLContext, int, IEstimator<ITransformer>>> Contestants = new()
    {
        ["SimpleNnAutoencoder, defaults"] = (ml, seed) => Autoencoder(ml, seed, _ => { }),
        ["SimpleNnAutoencoder, [128, 16]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [128, 16]),
        ["SimpleNnAutoencoder, [128, 64]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [128, 64]),
        ["SimpleNnAutoencoder, [256, 128, 32]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [256, 128, 32]),
        ["RandomizedPca, defaults (rank 20)"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(seed: seed),
        ["RandomizedPca, rank 40"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(rank: 40, seed: seed),
        ["RandomizedPca, rank 80"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(rank: 80, seed: seed),
    };

    /// <summary>Runs the experiment and prints a table in Markdown.</summary>
    /// <exception cref="FormatException">An argument is missing or bad.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        if (args.Length is 0 or > 3) throw new FormatException(Help);
        int rows = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        int seeds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        Digit[] training = Digit.Read(args[0], "train"), test = Digit.Read(args[0], "t10k");

        output.WriteLine($"| AUC, {rows} training pictures | {string.Join(" | ", Enumerable.Range(0, Digits))} | mean |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" --- |", Digits + 1))}");
        foreach ((string name, var create) in Contestants)
        {
            double[] areas = [.. Enumerable.Range(0, Digits).Select(digit => Enumerable.Range(0, seeds).Average(seed => Area(create, digit, training, test, rows, seed)))];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", areas.Select(area => area.ToString("F3", CultureInfo.InvariantCulture)))} | {areas.Average():F4} |"));
        }
    }

    private static double Area(Func<MLContext, int, IEstimator<ITransformer>> create, int anomaly, Digit[] training, Digit[] test, int rows, int seed)
    {
        var ml = new MLContext(seed);
        IDataView normal = ml.Data.LoadFromEnumerable(training.Where(digit => digit.Label != anomaly).Take(rows));
        IDataView mixed = ml.Data.LoadFromEnumerable(test.Select(digit => new Digit { Label = digit.Label, Features = digit.Features, IsAnomaly = digit.Label == anomaly ? 1 : 0 }));
        IDataView scored = create(ml, seed).Fit(normal).Transform(mixed);
        return ml.AnomalyDetection.Evaluate(scored, labelColumnName: nameof(Digit.IsAnomaly)).AreaUnderRocCurve;
    }

    private static SimpleNnAutoencoderTrainer Autoencoder(MLContext ml, int seed, Action<SimpleNnAutoencoderTrainer.Options> change)
    {
        var options = new SimpleNnAutoencoderTrainer.Options { Seed = seed };
        change(options);
        return ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options);
    }
}
