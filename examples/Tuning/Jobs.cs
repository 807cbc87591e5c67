using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;
using Tabular;

namespace Tuning;

/// <summary>A search on each table, and then the defaults beside what was found, by test rows that the search never saw.</summary>
internal static class Jobs
{
    /// <summary>One network says little about options that are almost as good: three seeds are trained with each.</summary>
    private const int Seeds = 3;

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help" or "-h"])
        {
            output.WriteLine(CommandLine.Help);
            return 0;
        }

        try
        {
            CommandLine line = CommandLine.Parse(args);
            var ml = new MLContext(seed: 1);
            if (line.Adult != null || line.Housing == null) SearchPeople(ml, line, output);
            if (line.Housing != null || line.Adult == null) SearchHouses(ml, line, output);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void SearchPeople(MLContext ml, CommandLine line, TextWriter output)
    {
        (IDataView training, IDataView test) = Income.Load(ml, line.Adult);
        var features = Income.Features(ml).Fit(training);
        // The pipeline is run once, and its rows are kept for all trials.
        IDataView rows = ml.Data.Cache(features.Transform(training), "Features", "Label"), testRows = ml.Data.Cache(features.Transform(test), "Features", "Label");
        var given = new SimpleNnBinaryTrainer.Options { Seed = 1, Effort = EffortFor(line.Adult) };

        output.WriteLine("Income above $50,000?");
        var result = TrialTable.Show<SimpleNnBinaryTrainer.Options>(output, progress => ml.BinaryClassification.TuneSimpleNn(rows, given, line.Settings(progress)));
        Report(output, result, ["log-loss", "AUC", "accuracy"], Measure);

        double[] Measure(SimpleNnBinaryTrainer.Options options, int seed)
        {
            options.Seed = seed;
            var metrics = ml.BinaryClassification.Evaluate(ml.BinaryClassification.Trainers.SimpleNn(options).Fit(rows).Transform(testRows));
            return [metrics.LogLoss, metrics.AreaUnderRocCurve, metrics.Accuracy];
        }
    }

    private static void SearchHouses(MLContext ml, CommandLine line, TextWriter output)
    {
        var data = HousePrice.Load(ml, line.Housing);
        IDataView rows = ml.Data.Cache(data.TrainSet), testRows = ml.Data.Cache(data.TestSet);
        var given = new SimpleNnRegressionTrainer.Options { Seed = 1, Effort = EffortFor(line.Housing) };

        output.WriteLine("Value of a house");
        var result = TrialTable.Show<SimpleNnRegressionTrainer.Options>(output, progress => ml.Regression.TuneSimpleNn(rows, given, line.Settings(progress)));
        Report(output, result, ["RMSE", "R²"], Measure);

        double[] Measure(SimpleNnRegressionTrainer.Options options, int seed)
        {
            options.Seed = seed;
            RegressionMetrics metrics = ml.Regression.Evaluate(ml.Regression.Trainers.SimpleNn(options).Fit(rows).Transform(testRows));
            return [metrics.RootMeanSquaredError, metrics.RSquared];
        }
    }

    /// <summary>Rows that are made up are learned in a moment.</summary>
    private static Effort EffortFor(string? folder) => folder == null ? Effort.Quick : Effort.Standard;

    private static void Report<TOptions>(TextWriter output, TuningResult<TOptions> result, string[] metrics, Func<TOptions, int, double[]> measure)
        where TOptions : SimpleNnOptionsBase
    {
        output.WriteLine($"  Best of {result.Trials.Max(trial => trial.Configuration)} configurations: {result.Best.Description}");
        Line("the options given", result.Given.Options);
        Line("the best", result.Options);

        void Line(string name, TOptions options)
        {
            double[][] measured = [.. Enumerable.Range(1, Seeds).Select(seed => measure(options, seed))];
            IEnumerable<string> means = metrics.Select((metric, i) => $"{metric} {measured.Average(one => one[i]):G5} (±{Deviation(measured.Select(one => one[i])):G3})");
            output.WriteLine($"  {name,-18} on test rows, {Seeds} seeds: {string.Join(", ", means)}");
        }
    }

    private static double Deviation(IEnumerable<double> numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (Seeds - 1));
    }
}
