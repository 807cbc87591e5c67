using System.Diagnostics;
using System.Reflection;
using Microsoft.ML.SimpleNn.Fuzzing;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>SaveAtomically: whatever happens while a model is saved, there is a model.</summary>
[TestClass]
public sealed class SaveAtomicallyTests
{
    private const int Kills = 15;
    private const int LongestMilliseconds = 60; // a save takes some
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("simplenn").FullName;

    private string Target => Path.Combine(_folder, "model.zip");

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_file_is_that_of_the_ordinary_save()
    {
        byte[] saved = SampleModels.Save("regression-quantiles", out float[] scores);
        ITransformer model = _ml.Model.Load(new MemoryStream(saved), out DataViewSchema schema);

        _ml.Model.SaveAtomically(model, schema, Target);

        float[] loaded = LoadTarget(out DataViewSchema inputSchema);
        CollectionAssert.AreEqual(schema.Select(column => column.Name).ToArray(), inputSchema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(scores, loaded);
        CollectionAssert.AreEqual(new[] { Target }, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void A_save_that_fails_in_the_middle_leaves_the_old_model()
    {
        byte[] old = SampleModels.Save("regression-quantiles", out _);
        File.WriteAllBytes(Target, old);
        // ML.NET writes the first transformer, and then finds that the second one cannot be saved.
        ITransformer model = _ml.Model.Load(new MemoryStream(old), out DataViewSchema schema)
            .Append(_ml.Transforms.CustomMapping<Measurement, Measurement>((_, _) => { }, contractName: null).Fit(_ml.Data.LoadFromEnumerable(Measurement.Rows(2))));

        Exception error = Assert.Throws<Exception>(() => _ml.Model.SaveAtomically(model, schema, Target));

        Assert.Contains("contract name", error.ToString(), StringComparison.OrdinalIgnoreCase);
        CollectionAssert.AreEqual(old, File.ReadAllBytes(Target));
        CollectionAssert.AreEqual(new[] { Target }, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void A_process_that_is_killed_while_it_saves_leaves_a_model_that_loads()
    {
        byte[] saved = SampleModels.Save("regression-quantiles", out float[] scores);
        string source = Path.Combine(_folder, "source.zip");
        File.WriteAllBytes(source, saved);
        File.WriteAllBytes(Target, saved);
        var random = new Random(4);
        int inTheMiddle = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            KillWhileItSaves(source, random.Next(LongestMilliseconds));

            CollectionAssert.AreEqual(scores, LoadTarget(out _));
            string[] left = [.. Directory.GetFiles(_folder).Except([source, Target])];
            Assert.IsLessThanOrEqualTo(1, left.Length, "the next save removes what a killed one has left");
            inTheMiddle += left.Length;
        }
        Assert.IsGreaterThan(0, inTheMiddle, "no process was killed in the middle of a save");
    }

    [TestMethod]
    public void What_is_missing_is_named()
    {
        ITransformer model = _ml.Model.Load(new MemoryStream(SampleModels.Save("regression", out _)), out DataViewSchema schema);

        Assert.AreEqual("model", Assert.Throws<ArgumentNullException>(() => _ml.Model.SaveAtomically(null!, schema, Target)).ParamName);
        Assert.AreEqual("filePath", Assert.Throws<ArgumentException>(() => _ml.Model.SaveAtomically(model, schema, "")).ParamName);
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Model.SaveAtomically(model, schema, Path.Combine(_folder, "none", "model.zip")));
    }

    private float[] LoadTarget(out DataViewSchema inputSchema) => SampleModels.Scores(_ml, _ml.Model.Load(Target, out inputSchema), RowKind.Dense);

    private void KillWhileItSaves(string source, int afterMilliseconds)
    {
        string saver = typeof(SaveAtomicallyTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ModelSaver").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", saver, source, Target]) { RedirectStandardOutput = true })!;
        Assert.AreEqual("saving", process.StandardOutput.ReadLine());
        Thread.Sleep(afterMilliseconds);
        process.Kill();
        process.WaitForExit();
    }
}
