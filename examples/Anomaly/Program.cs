using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Anomaly;

/// <summary>
/// Finds anomalies with an autoencoder: learns what is normal without labels, scores other rows by how badly it gives them back, and says
/// which feature of a strange row is to blame.
/// </summary>
internal static class Program
{
    private const int RowsToShow = 5;

    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            if (args.Length > 1 || args is ["--help"])
            {
                output.WriteLine("dotnet run --project examples/Anomaly [-- path/to/wdbc.data]     without a path: readings of a pump that it makes itself");
                return 0;
            }
            Detect(args is [string path] ? TumourFile.Read(path) : PumpReadings.Make(), output);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Detect(Observations data, TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(new SimpleNnAutoencoderTrainer.Options
        {
            HiddenLayers = data.Encoder,
            Contamination = data.Contamination,
            ValidationFraction = 0.25, // the threshold is measured on these rows: of a small table, on more than the usual tenth
        });
        var model = trainer.Fit(Load(ml, data.Training, data.FeatureNames.Length));
        IDataView scored = model.Transform(Load(ml, data.Test, data.FeatureNames.Length));
        AnomalyDetectionMetrics metrics = ml.AnomalyDetection.Evaluate(scored, labelColumnName: nameof(Observation.IsAnomaly));
        var rows = data.Test.Zip(scored.GetColumn<float>("Score"), scored.GetColumn<bool>("PredictedLabel")).Select(row => (Row: row.First, Score: row.Second, Flagged: row.Third)).ToArray();
        var anomalies = rows.Where(row => row.Row.IsAnomaly == 1).ToArray();
        var normal = rows.Where(row => row.Row.IsAnomaly == 0).ToArray();

        Write(output, $"Learnt from {data.Training.Length} rows of {data.FeatureNames.Length} features, tested on {normal.Length} normal rows and {anomalies.Length} anomalies");
        Write(output, $"Area under the ROC curve  {metrics.AreaUnderRocCurve:F3}");
        Write(output, $"Threshold of the score    {model.Model.Threshold:G3}");
        Write(output, $"Anomalies detected        {anomalies.Count(row => row.Flagged)} of {anomalies.Length}, {anomalies.Average(row => row.Flagged ? 1.0 : 0.0):P1}");
        Write(output, $"False alarms              {normal.Count(row => row.Flagged)} of {normal.Length}, {normal.Average(row => row.Flagged ? 1.0 : 0.0):P1}");
        output.WriteLine();
        output.WriteLine("The strangest rows, and the feature that the network gave back worst:");
        foreach (var (row, score, _) in rows.OrderByDescending(row => row.Score).Take(RowsToShow))
        {
            float[] errors = model.Model.ScoreByFeature(row.Features);
            int worst = Array.IndexOf(errors, errors.Max());
            Write(output, $"  {(row.IsAnomaly == 1 ? "anomaly" : "normal "),-7}  score {score,-8:G3}  {data.FeatureNames[worst]}: {row.Features[worst]:G4}, expected {model.Model.Reconstruct(row.Features)[worst]:G4}");
        }
    }

    /// <summary>The rows as ML.NET takes them; how many features there are is known only here.</summary>
    private static IDataView Load(MLContext ml, Observation[] rows, int features)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Observation));
        schema[nameof(Observation.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
