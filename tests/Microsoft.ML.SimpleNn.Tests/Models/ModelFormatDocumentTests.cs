using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>That docs/MODEL_FORMAT.md is true, and enough to read a model by: a reader that follows it, and uses nothing of the library, reads every saved file.</summary>
[TestClass]
public sealed class ModelFormatDocumentTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Models", "Saved");

    [TestMethod]
    public void Every_saved_file_is_read_by_the_document_to_its_last_byte()
    {
        string[] files = Directory.GetFiles(Folder, "*.zip");
        Assert.IsGreaterThan(40, files.Length);
        foreach (string file in files)
        {
            using DocumentedModel model = DocumentedModel.Open(file);
            Assert.AreEqual(model.End, model.Position, file);
        }
    }

    [TestMethod]
    [DataRow("multiclass-v1")]
    [DataRow("multiclass-ensemble-v2")]
    [DataRow("multiclass-sparse-v3")]
    [DataRow("binary-missing-v4")]
    [DataRow("regression-vector-v4")]
    [DataRow("multiclass-ensemble-v4")]
    public void The_weights_that_it_gives_are_those_of_the_loaded_model(string name)
    {
        string file = Path.Combine(Folder, name + ".zip");
        object model = ((ISingleFeaturePredictionTransformer<object>)new MLContext().Model.Load(file, out _)).Model;
        IReadOnlyList<Network> networks = model switch
        {
            SimpleNnMulticlassModelParameters multiclass => multiclass.Networks,
            SimpleNnRegressionModelParameters regression => regression.Networks,
            CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> binary => binary.SubModel.Networks,
            _ => throw new InvalidDataException(name),
        };

        using DocumentedModel read = DocumentedModel.Open(file);

        Assert.HasCount(networks.Count, read.Networks);
        foreach ((Network network, List<(float[] Weights, float[] Biases)> layers) in networks.Zip(read.Networks))
        {
            Assert.HasCount(network.Layers.Count, layers);
            foreach ((DenseLayer layer, (float[] weights, float[] biases)) in network.Layers.Zip(layers))
            {
                CollectionAssert.AreEqual(layer.GetWeights(), weights);
                CollectionAssert.AreEqual(layer.GetBiases(), biases);
            }
        }
    }

    [TestMethod]
    public void The_names_that_it_gives_are_those_of_the_quantiles()
    {
        using DocumentedModel read = DocumentedModel.Open(Path.Combine(Folder, "regression-quantiles-v4.zip"));

        CollectionAssert.AreEqual(new[] { "0.25", "0.75" }, read.Names);
    }
}
