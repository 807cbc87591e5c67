using System.Xml.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

[TestClass]
public sealed class ReportsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_lines_on_reports_write_pages()
    {
        try
        {
            Reports.OfModel(_ml, Prices(), Prices());
            Assert.Contains("root mean squared error", File.ReadAllText("report.html"));
            Reports.OfPipeline(_ml, _ml.BinaryClassification.Trainers.SimpleNn(hiddenLayers: [4]), Circle(), Circle());
            Assert.Contains("area under the ROC curve", File.ReadAllText("report.html"));
            Reports.Live(_ml, Prices());
            Assert.Contains("It has ended", File.ReadAllText("training.html"));
        }
        finally
        {
            File.Delete("report.html");
            File.Delete("training.html");
        }
    }

    [TestMethod]
    public void Each_example_in_the_documentation_of_reports_is_compiled_and_run()
    {
        string[] examples = [.. XDocument.Load(Path.ChangeExtension(typeof(LiveReport).Assembly.Location, ".xml")).Descendants("example").Select(example => ShownCode.Normalize(example.Element("code")!.Value))];

        Assert.IsNotEmpty(examples);
        foreach (string example in examples)
            Assert.Contains(example, ShownCode.All, example);
    }

    private IDataView Prices() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new House { Features = [i % 10, i / 10], Price = i % 10 * (i / 10) }).ToArray());

    private IDataView Circle() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Point([i % 10, i / 10], i % 10 + i / 10 > 9)));

    private sealed class House
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Price { get; set; }
    }
}
