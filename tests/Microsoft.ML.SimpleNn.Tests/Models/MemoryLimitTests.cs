using Microsoft.ML.SimpleNn.Fuzzing;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>The limit of memory for models that are loaded, which holds for the whole process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class MemoryLimitTests
{
    [TestCleanup]
    public void Reset() => SimpleNnModelFile.MemoryLimit = null;

    /// <summary>A million weights of zero: a zip of some KB, 4 MB in it, 64 MB in memory, since the one output is padded to 16.</summary>
    [TestMethod]
    public void A_zip_of_zeros_is_refused_by_the_limit_and_read_without()
    {
        const int Inputs = 1_000_000;
        byte[] part = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(Inputs), .. BitConverter.GetBytes(1), 0, .. new byte[4 * (Inputs + 1)], .. new byte[9 + 3]];
        byte[] zip = SavedPart.Find("regression", SampleModels.Save("regression", out _)).WithPart(part);
        Assert.IsLessThan(50_000, zip.Length);

        SimpleNnModelFile.MemoryLimit = 32_000_000;
        Exception error = Assert.Throws<Exception>(() => Load(zip)).GetBaseException();

        Assert.IsInstanceOfType<FormatException>(error);
        Assert.AreEqual("The model cannot be read: it takes 64000576 bytes of memory or more, and the limit is 32000000; SimpleNnModelFile.MemoryLimit sets another.", error.Message);
        foreach (long? generous in new long?[] { 100_000_000, null })
        {
            SimpleNnModelFile.MemoryLimit = generous;
            // Our part has loaded: it is ML.NET that finds the model to be of another size than the schema that lies beside it.
            Assert.AreEqual("Incompatible features column type: 'Vector<Single, 3>' vs 'Vector<Single, 1000000>'", Assert.Throws<Exception>(() => Load(zip)).GetBaseException().Message);
        }
    }

    [TestMethod]
    public void A_limit_below_1_is_refused()
    {
        Assert.AreEqual("value", Assert.Throws<ArgumentOutOfRangeException>(() => SimpleNnModelFile.MemoryLimit = 0).ParamName);
        Assert.IsNull(SimpleNnModelFile.MemoryLimit);
    }

    private static void Load(byte[] zip) => new MLContext().Model.Load(new MemoryStream(zip), out _);
}
