using Google.Protobuf;
using Microsoft.ML.SimpleNn.Schema;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>Networks that are read from ONNX: of PyTorch, of scikit-learn's form, of our own; and files that are refused.</summary>
[TestClass]
public sealed class OnnxNetworkTests
{
    /// <summary>What PyTorch printed for the networks of Onnx/Exported/make.py: three rows, and the outputs for them.</summary>
    public static IEnumerable<object[]> OfPyTorch =>
    [
        ["pytorch-classes.onnx", Loss.SoftmaxCrossEntropy,
            new[] { -0.6317331194877625f, 1.3789526224136353f, 0.6429222226142883f, -0.4019443392753601f, 2.545074462890625f, 0.007982899434864521f, 1.2720427513122559f, 0.9502238631248474f, 0.1888716220855713f, -0.7525347471237183f, -0.15231086313724518f, -1.3419430255889893f },
            new[] { 0.28461527824401855f, 0.29967838525772095f, 0.41570624709129333f, 0.30400487780570984f, 0.2514075040817261f, 0.4445876479148865f, 0.33432918787002563f, 0.2655716836452484f, 0.40009912848472595f }],
        ["pytorch-activations.onnx", Loss.SquaredError,
            new[] { -1.8438035249710083f, -0.6671553254127502f, 1.3411978483200073f, -0.6061354279518127f, -1.3228106498718262f, 0.5588926076889038f, -0.05425446107983589f, 0.5146567225456238f, 0.37522485852241516f, 0.4384951889514923f, -0.9105044007301331f, -0.8117705583572388f },
            new[] { 0.21442784368991852f, -0.3396236300468445f, 0.2144385725259781f, -0.33964288234710693f, 0.21398527920246124f, -0.3391755223274231f }],
        ["pytorch-without-biases.onnx", Loss.SquaredError,
            new[] { 0.2418263554573059f, -0.9636618494987488f, 0.296216756105423f, 0.510023295879364f, 0.8189504742622375f, -0.4714832901954651f, -0.35705429315567017f, -1.0824618339538574f, -1.3434752225875854f, 0.5734040141105652f, -0.4182030260562897f, 0.45590639114379883f },
            new[] { 0.07449305057525635f, 0.27631837129592896f, 0.0f }],
        ["pytorch-logistic.onnx", Loss.SigmoidCrossEntropy,
            new[] { 0.7438608407974243f, 0.32856225967407227f, 0.10616906732320786f, -0.1746412217617035f, -1.3895114660263062f, 2.1854841709136963f, 0.10412634909152985f, -0.14733901619911194f, 0.07800985127687454f, 1.896012306213379f, 1.0857423543930054f, -0.6122655272483826f },
            new[] { 0.5217598080635071f, 0.3568017780780792f, 0.5511073470115662f, 0.7475950717926025f, 0.4896126389503479f, 0.8208767175674438f, 0.6122828722000122f, 0.41391098499298096f, 0.6794880032539368f }],
    ];

    [TestMethod]
    [DynamicData(nameof(OfPyTorch))]
    public void A_network_of_PyTorch_gives_what_PyTorch_computed(string file, Loss loss, float[] rows, float[] expected)
    {
        Network network = OnnxNetwork.Load(Path.Combine(AppContext.BaseDirectory, "Onnx", "Exported", file));
        float[] outputs = new float[expected.Length];
        network.Predict(rows, 3, outputs);
        loss.ToPrediction(outputs, 3, network.Outputs);

        OnnxScores.AssertClose(expected, outputs, file);
    }

    [TestMethod]
    public void Every_activation_is_read_in_the_form_in_which_it_is_written()
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            Network network = RandomModels.Multiclass(new Random(3), 4, null, activation).Network;
            network.OutputStage = null;
            using var stream = new MemoryStream();
            network.SaveAsOnnx(stream);
            stream.Position = 0;

            Network read = OnnxNetwork.Load(stream);

            CollectionAssert.AreEqual(network.Layers.Select(layer => layer.Activation).ToArray(), read.Layers.Select(layer => layer.Activation).ToArray());
            for (int i = 0; i < network.Layers.Count; i++)
            {
                CollectionAssert.AreEqual(network.Layers[i].GetWeights(), read.Layers[i].GetWeights());
                CollectionAssert.AreEqual(network.Layers[i].GetBiases(), read.Layers[i].GetBiases());
            }
        }
    }

    [TestMethod]
    public void A_network_that_was_read_can_be_trained_on()
    {
        Network network = OnnxNetwork.Load(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Onnx", "Exported", "pytorch-without-biases.onnx")));
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())], targets = [.. Enumerable.Range(0, 100).Select(row => 3 + features[row * 4])];

        TrainingHistory history = TrainingLoop.Run(network, new DenseExamples(features, 4, targets), validation: null,
            new TrainingOptions { Loss = Loss.SquaredError, Optimizer = new AdamOptimizer { LearningRate = 0.01f }, NumberOfEpochs = 40, BatchSize = 10, Seed = 1 });

        Assert.IsLessThan(history.Epochs[0].TrainingLoss / 10, history.Epochs[^1].TrainingLoss);
    }

    /// <summary>The form of skl2onnx: MatMul, Add and an activation; then Softmax, and labels made of it.</summary>
    [TestMethod]
    public void A_classifier_in_the_form_of_scikit_learn_gives_logits()
    {
        var graph = new TestGraph(inputs: 2);
        graph.Add("Cast", ["X"], "cast", ("to", 1));
        graph.Tensor("coefficient", [1, 2, 3, 4, 5, 6], 2, 3).Tensor("intercepts", [1, -20, 0], 1, 3);
        graph.Add("MatMul", ["cast", "coefficient"], "mul").Add("Add", ["mul", "intercepts"], "add").Add("Relu", ["add"], "next");
        graph.Tensor("coefficient1", [1, 0, 0, 1, 1, 1], 3, 2).Tensor("intercepts1", [0.5f, -0.5f], 1, 2);
        graph.Add("MatMul", ["next", "coefficient1"], "mul1").Add("Add", ["mul1", "intercepts1"], "add1").Add("Softmax", ["add1"], "probabilities");
        graph.Add("ArgMax", ["probabilities"], "index").Add("ArrayFeatureExtractor", ["classes", "index"], "label").Add("ZipMap", ["probabilities"], "output");

        float[] outputs = new float[2];
        graph.Load().Predict([1, 1], 1, outputs);

        // x W + b = [6, -13, 9], after ReLU [6, 0, 9]; times [[1, 0], [0, 1], [1, 1]] = [15, 9]
        CollectionAssert.AreEqual(new[] { 15.5f, 8.5f }, outputs);
    }

    [TestMethod]
    public void Alpha_beta_and_numbers_of_double_precision_are_read()
    {
        var graph = new TestGraph(inputs: 1);
        graph.Tensor("W", [3], 1, 1).Doubles("b", [5], 1).Add("Gemm", ["X", "W", "b"], "y", ("alpha", 2f), ("beta", 0.5f));

        float[] outputs = new float[1];
        graph.Load().Predict([10], 1, outputs);

        Assert.AreEqual(2 * 3 * 10 + 0.5f * 5, outputs[0]);
    }

    public static IEnumerable<object[]> Refusals =>
    [
        ["Conv", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("Conv", ["X", "W"], "y")],
        ["no Gemm or MatMul", (TestGraph graph) => graph.Add("Identity", ["X"], "y")],
        ["its sizes ask for", (TestGraph graph) => graph.Tensor("W", [1, 2], 1_000_000, 1).Add("MatMul", ["X", "W"], "y")],
        ["more than", (TestGraph graph) => graph.Tensor("W", [1], int.MaxValue, int.MaxValue).Add("MatMul", ["X", "W"], "y")],
        ["a size of -1", (TestGraph graph) => graph.Tensor("W", [1], -1, 1).Add("MatMul", ["X", "W"], "y")],
        ["not a finite number", (TestGraph graph) => graph.Tensor("W", [float.NaN], 1, 1).Add("MatMul", ["X", "W"], "y")],
        ["takes a matrix", (TestGraph graph) => graph.Tensor("W", [1], 1).Add("MatMul", ["X", "W"], "y")],
        ["a matrix", (TestGraph graph) => graph.Tensor("W", [], 0, 3).Add("MatMul", ["X", "W"], "y")],
        ["layer 2 takes 3 inputs", (TestGraph graph) => graph.Tensor("W", [1, 2], 1, 2).Tensor("V", [1, 2, 3], 3, 1).Add("MatMul", ["X", "W"], "y").Add("MatMul", ["y", "V"], "z")],
        ["added to 1 outputs", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Tensor("b", [1, 2], 2).Add("Gemm", ["X", "W", "b"], "y")],
        ["alpha 0.2", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("MatMul", ["X", "W"], "y").Add("LeakyRelu", ["y"], "z", ("alpha", 0.2f))],
        ["round in a circle", (TestGraph graph) => graph.Add("Identity", ["X"], "X")],
        ["not a product of rows and weights", (TestGraph graph) => graph.Add("MatMul", ["X", "X"], "y")],
        ["after an activation", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("MatMul", ["X", "W"], "y").Add("Relu", ["y"], "z").Add("Tanh", ["z"], "a")],
        ["the operator Mul", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("MatMul", ["X", "W"], "y").Add("Mul", ["y", "a", "b"], "z").Add("Sigmoid", ["y"], "a")],
        ["the operator Mul", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("MatMul", ["X", "W"], "y").Add("Mul", ["y", "y"], "z")],
        ["the operator Cast", (TestGraph graph) => graph.Add("Cast", ["X"], "whole", ("to", 7)).Tensor("W", [1], 1, 1).Add("MatMul", ["whole", "W"], "y")],
        ["1 features, but its first layer takes 2", (TestGraph graph) => graph.Add("Reshape", ["X", "shape"], "pairs").Tensor("W", [1, 1], 2, 1).Add("MatMul", ["pairs", "W"], "y")],
        ["2 inputs", (TestGraph graph) => graph.Input("Z")],
        ["tanh", (TestGraph graph) => graph.Tensor("W", [1], 1, 1).Add("MatMul", ["X", "W"], "y").Gelu("y", "tanh", "z")],
        ["in another file", (TestGraph graph) => graph.External("W").Add("MatMul", ["X", "W"], "y")],
    ];

    [TestMethod]
    [DynamicData(nameof(Refusals))]
    public void What_is_no_network_of_dense_layers_is_refused_in_a_sentence(string part, Func<TestGraph, TestGraph> build)
    {
        FormatException error = Assert.ThrowsExactly<FormatException>(() => build(new TestGraph(inputs: 1)).Load());

        Assert.StartsWith("The ONNX file cannot be read as a network: ", error.Message);
        Assert.Contains(part, error.Message);
        Assert.EndsWith(".", error.Message);
    }

    [TestMethod]
    public void Damaged_bytes_give_a_network_or_one_kind_of_error()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Onnx", "Exported", "pytorch-classes.onnx"));
        var random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] damaged = trial % 3 == 0 ? file[..random.Next(file.Length)] : [.. file];
            for (int i = random.Next(4); i >= 0 && damaged.Length > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                OnnxNetwork.Load(new MemoryStream(damaged));
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.IsGreaterThan(1000, refused);
    }

    [TestMethod]
    public void A_file_takes_no_more_memory_than_the_limit()
    {
        var memory = new Import.MemoryClaim(limit: 100);
        memory.Claim(60);
        FormatException error = Assert.ThrowsExactly<FormatException>(() => memory.Claim(41));
        Assert.Contains(nameof(SimpleNnModelFile.MemoryLimit), error.Message);
    }
}
