namespace Microsoft.ML.SimpleNn.Tests.Readme;

[TestClass]
public sealed class FirstHourTests
{
    [TestMethod]
    public void A_model_is_trained_explained_and_exported()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var flats = Enumerable.Range(0, 400).Select(_ => new Flat { Area = random.Next(20, 200), Rooms = random.Next(1, 7), Age = random.Next(100) }).ToArray();
        foreach (Flat flat in flats) flat.Price = 3000 * flat.Area + 20_000 * flat.Rooms - 1500 * flat.Age + random.Next(-30_000, 30_000);
        string[] files = ["flats.zip", "flats.onnx", "flats.html"];
        try
        {
            Assert.IsGreaterThan(0.95, FirstHour.Run(ml, ml.Data.LoadFromEnumerable(flats)));
            Assert.IsTrue(files.All(File.Exists));
        }
        finally
        {
            Array.ForEach(files, File.Delete);
        }
    }

    private sealed class Flat
    {
        public float Area { get; set; }

        public float Rooms { get; set; }

        public float Age { get; set; }

        public float Price { get; set; }
    }
}
