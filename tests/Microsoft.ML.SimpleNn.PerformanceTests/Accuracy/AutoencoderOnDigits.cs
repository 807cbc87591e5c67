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
        accuracy autoencoder: anomaly detection on MNIST, each digit in turn the one that was not learnt, beside RandomizedPca.

          --data DIR        the folder with the data sets; default: ../shared/data
          --rows N          the training pictures of the nine digits that are learnt from; default: 10000
          --seeds N         how often, with the seeds 0 to N - 1; default: 1
          --docs DIR        also writes the page DIR/accuracy/<processor>/autoencoder.md
        """;

    private static readonly Dictionary<string, Func<MLContext, int, IEstimator<ITransformer>>> Contestants = new()
    {
        ["SimpleNnAutoencoder, defaults"] = (ml, seed) => Autoencoder(ml, seed, _ => { }),
        ["SimpleNnAutoencoder, [128, 8]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [128, 8]),
        ["SimpleNnAutoencoder, [256, 64, 16]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [256, 64, 16]),
        ["SimpleNnAutoencoder, [128, 32]"] = (ml, seed) => Autoencoder(ml, seed, options => options.HiddenLayers = [128, 32]),
        ["RandomizedPca, defaults (rank 20)"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(seed: seed),
        ["RandomizedPca, rank 10"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(rank: 10, seed: seed),
        ["RandomizedPca, rank 40"] = (ml, seed) => ml.AnomalyDetection.Trainers.RandomizedPca(rank: 40, seed: seed),
    };

    /// <summary>Runs the experiment and prints a table in Markdown.</summary>
    /// <param name="args">The arguments after "accuracy autoencoder".</param>
    /// <param name="output">Takes the table.</param>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        (string folder, int rows, int seeds) = (Path.Combine("..", "shared", "data"), 10_000, 1);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new FormatException($"{args[i]} needs a value.");
            switch (args[i])
            {
                case "--data": folder = args[i + 1]; break;
                case "--rows": rows = ParseCount(args[i], args[i + 1]); break;
                case "--seeds": seeds = ParseCount(args[i], args[i + 1]); break;
                default: throw new FormatException($"There is no option {args[i]}; --help lists them.");
            }
        }

        folder = Path.Combine(folder, "mnist");
        if (!Directory.Exists(folder)) throw new FormatException($"There is no folder {folder}: say with --data where the data sets are.");
        Digit[] training = Digit.Read(folder, "train"), test = Digit.Read(folder, "t10k");
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

    private static int ParseCount(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw new FormatException($"{option} takes a whole number from 1, but '{text}' was given.");
}
