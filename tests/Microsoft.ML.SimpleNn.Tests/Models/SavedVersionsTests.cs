using System.Globalization;
using Microsoft.ML.SimpleNn.Fuzzing;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Models of every kind that each version of the form saved, in Models/Saved: they load for ever, and score, to the bit, what they scored when they were saved.</summary>
[TestClass]
public sealed class SavedVersionsTests
{
    private const int Flips = 400;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Models", "Saved");

    /// <summary>Each line: the file, and the bits of the scores of <see cref="SampleRows"/>, in hexadecimal.</summary>
    private static Dictionary<string, float[]> ScoresOf { get; } = File.ReadLines(Path.Combine(Folder, "scores.txt")).Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => words.Skip(1).Select(bits => BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))).ToArray());

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void Saved_models_score_to_the_bit_what_they_scored_then(int version)
    {
        string ending = $"-v{version}";
        string[] files = [.. ScoresOf.Keys.Where(file => file.EndsWith(ending, StringComparison.Ordinal))];
        Assert.HasCount(version == 2 ? SampleModels.Kinds.Count - 1 : SampleModels.Kinds.Count, files); // version 2 took no missing features
        foreach (string file in files)
        {
            var ml = new MLContext();
            ITransformer model = ml.Model.Load(Path.Combine(Folder, file + ".zip"), out _);
            float[] scores = SampleModels.Scores(ml, model, SampleModels.RowsOf(file[..^ending.Length]));
            CollectionAssert.AreEqual(ScoresOf[file].Select(BitConverter.SingleToUInt32Bits).ToArray(), scores.Select(BitConverter.SingleToUInt32Bits).ToArray(), file);
        }
    }

    /// <summary>A kind that is trained anew and saved comes back with the same scores.</summary>
    [TestMethod]
    public void Every_kind_comes_back_as_it_was_saved()
    {
        foreach (string kind in SampleModels.Kinds.Keys)
        {
            byte[] zip = SampleModels.Save(kind, out float[] expected);
            var ml = new MLContext();
            float[] scores = SampleModels.Scores(ml, ml.Model.Load(new MemoryStream(zip), out _), SampleModels.RowsOf(kind));
            CollectionAssert.AreEqual(expected.Select(BitConverter.SingleToUInt32Bits).ToArray(), scores.Select(BitConverter.SingleToUInt32Bits).ToArray(), kind);
        }
    }

    /// <summary>A single flipped bit of a zip: ML.NET's reader does not compare the zip's own checksums, ours does.</summary>
    [TestMethod]
    [DataRow("multiclass-v4")]
    [DataRow("regression-vector-v4")]
    public void No_flip_of_a_bit_loads_with_other_weights(string file)
    {
        byte[] zip = File.ReadAllBytes(Path.Combine(Folder, file + ".zip"));
        SavedPart part = SavedPart.Find(file, zip);
        byte[] expected = PartOf(zip);
        var random = new Random(6);
        int loaded = 0;
        for (int flip = 0; flip < Flips; flip++)
        {
            byte[] flipped = part.WithCompressedEntry(entry => // and not in the schema, whose damage can keep ML.NET's reader busy for ever
            {
                entry[random.Next(entry.Length)] ^= (byte)(1 << random.Next(8));
                return entry;
            });
            ITransformer model;
            try
            {
                model = new MLContext().Model.Load(new MemoryStream(flipped), out _);
            }
            catch (Exception)
            {
                continue; // most bits are the zip's and ML.NET's own, and so are the errors about them
            }
            loaded++;
            CollectionAssert.AreEqual(expected, PartOf(Save(model)));
        }
        Assert.IsGreaterThan(0, loaded, "some bits are of no consequence: dates of entries, for example");
    }

    private static byte[] PartOf(byte[] zip) => SavedPart.Find("model", zip).Bytes;

    private static byte[] Save(ITransformer model)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, null, stream);
        return stream.ToArray();
    }
}
