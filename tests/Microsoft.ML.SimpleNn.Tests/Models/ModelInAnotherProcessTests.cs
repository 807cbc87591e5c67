using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>A model saved by ML.NET as a zip gives the same bits in a process that never trained one.</summary>
[TestClass]
public sealed class ModelInAnotherProcessTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Another_process_loads_the_model_without_registration_and_gives_the_same_bits() =>
        AssertAnotherProcessGivesTheSameScores(BlobTask.Pipeline(_ml).Fit(_ml.Data.LoadFromEnumerable(Blob.Rows())), BlobTask.Scores);

    [TestMethod]
    public void Another_process_loads_a_binary_model_too() =>
        AssertAnotherProcessGivesTheSameScores(BinaryTask.Train(_ml, BinaryBlob.Rows()), scored => BinaryTask.Scores(scored).Select(score => new[] { score }));

    [TestMethod]
    public void Another_process_loads_an_autoencoder_too() =>
        AssertAnotherProcessGivesTheSameScores(AutoencoderTask.Train(_ml, Blob.Rows()), scored => AutoencoderTask.Scores(scored).Select(score => new[] { score }));

    [TestMethod]
    public void Another_process_loads_an_encoding_in_a_pipeline_too() =>
        AssertAnotherProcessGivesTheSameScores(
            _ml.Transforms.SimpleNnEncode("Features", options: AutoencoderTask.Options()).Append(BlobTask.Pipeline(_ml)).Fit(_ml.Data.LoadFromEnumerable(Blob.Rows())), BlobTask.Scores);

    [TestMethod]
    [DataRow("number")]
    [DataRow("quantiles")]
    public void Another_process_loads_a_regression_too(string kind) =>
        AssertAnotherProcessGivesTheSameScores(RegressionTask.Train(_ml, kind, ensembleSize: 2), RegressionTask.Scores);

    private void AssertAnotherProcessGivesTheSameScores(ITransformer model, Func<IDataView, IEnumerable<float[]>> scoresOf)
    {
        string folder = Directory.CreateTempSubdirectory("simplenn").FullName;
        try
        {
            string zip = Path.Combine(folder, "model.zip"), csv = Path.Combine(folder, "rows.csv");
            List<Blob> rows = Blob.Rows(40, seed: 5);
            IDataView data = _ml.Data.LoadFromEnumerable(rows);
            _ml.Model.Save(model, data.Schema, zip);
            File.WriteAllLines(csv, rows.Select(row => string.Join(',', row.Features.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).Append(row.Label))));

            string[] expected = scoresOf(model.Transform(data))
                .Select(scores => string.Join(' ', scores.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("X8", CultureInfo.InvariantCulture)))).ToArray();
            CollectionAssert.AreEqual(expected, RunModelLoader(zip, csv));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] RunModelLoader(string zip, string csv)
    {
        string loader = typeof(ModelInAnotherProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ModelLoader").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", loader, zip, csv]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
