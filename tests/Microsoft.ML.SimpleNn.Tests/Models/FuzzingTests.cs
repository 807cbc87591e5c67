using Microsoft.ML.SimpleNn.Fuzzing;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Some thousands of the inputs of the program tests/Microsoft.ML.SimpleNn.Fuzzing, which tries as many as one likes.</summary>
[TestClass]
public sealed class FuzzingTests
{
    private const int Inputs = 6000;

    [TestMethod]
    public void An_altered_model_loads_or_is_refused_with_a_sentence_in_bounded_memory()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Models", "Saved");
        SavedPart[] parts = [.. Directory.GetFiles(folder, "*.zip").Order(StringComparer.Ordinal).Select(file => SavedPart.Find(Path.GetFileName(file), File.ReadAllBytes(file)))];

        FuzzReport report = new Fuzzer(parts, new FuzzOptions { Count = Inputs, Seed = 11, ZipEvery = 100 }).Run();

        Assert.AreEqual(Inputs, report.Count);
        Assert.IsEmpty(report.Findings, report.ToString());
        // The report tells loads from refusals: an altered weight cannot be told from the right one where the checksum was repaired too.
        Assert.Contains("checksum repaired: loads", report.ToString());
        Assert.Contains("checksum repaired: refused", report.ToString());
    }

    /// <summary>A zip whose part is put back as it was loads, so that what the fuzzer does with zips reaches our loader.</summary>
    [TestMethod]
    public void The_part_of_a_zip_can_be_replaced()
    {
        byte[] zip = SampleModels.Save("regression-quantiles", out float[] scores);
        SavedPart part = SavedPart.Find("saved", zip);
        var ml = new MLContext();

        CollectionAssert.AreEqual(scores, SampleModels.Scores(ml, ml.Model.Load(new MemoryStream(part.WithPart(part.Bytes)), out _), RowKind.Dense));
        byte[] changed = part.Bytes;
        changed[100] ^= 1;
        Assert.EndsWith("they have been changed since it was saved.", Assert.Throws<Exception>(() => ml.Model.Load(new MemoryStream(part.WithPart(changed)), out _)).GetBaseException().Message);
    }
}
