using Microsoft.ML.SimpleNn.Tests.Kernels;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>The saved form of a network's stages.</summary>
[TestClass]
public sealed class StagesFormatTests
{
    /// <summary>The bytes as the format's description has them, written by hand: they may never change.</summary>
    private static readonly string Bytes = string.Concat(
        "01",                                   // an input stage
        "02000000", "00", "01",                 // 2 features, rows were dense, features may be missing
        "0000000000001040",                     // 4 inputs in a row
        "0100", "0201",                         // a number without a mark, an indicator with one
        "0000803F", "0000003F",                 // units 1 and 0.5
        "00000040", "0000C03F",                 // centres 2 and 1.5
        "0000003F", "00000040",                 // factors 0.5 and 2
        "0000003E", "00000000",                 // bounds 8 and none
        "01000000", "00000000", "02000000",     // 1 feature has pieces: feature 0, 2 of them
        "0000803F", "00004040",                 // they begin at 1 and 3
        "0000003F", "0000803E",                 // 1 / length: 0.5 and 0.25
        "0000003F", "00000000",                 // means 0.5 and 0
        "00000040", "00008040",                 // 1 / deviation: 2 and 4
        "0000803F", "00004040", "000080BF",     // gains 1, 3, and -1 of the mark
        "0000803F", "00000040",                 // gains 1 and 2 of the pieces
        "01",                                   // an output stage
        "0000000000000040", "000000000000F0BF"); // 2 z - 1

    [TestMethod]
    public void Bytes_are_those_of_the_description() => Assert.AreEqual(Bytes, Convert.ToHexString(Write(Sample())));

    [TestMethod]
    public void Outputs_are_those_of_the_description()
    {
        Network network = Read(Convert.FromHexString(Bytes));
        double z = 0.5 * (4 - 2), bounded = z / Math.Sqrt(1 + z * z / 64);
        double pieces = 0.5 * (1 * 2 * (1 - 0.5)) + 0.25 * (2 * 4 * ((4 - 3) * 0.25 - 0)); // 4 is beyond the first and in the second

        // Weights 1, 10 and 100, of the pieces 0.5 and 0.25, bias 0.25.
        Assert.AreEqual(2 * (bounded + 10 * 3 * (2 * (8 * 0.5 - 1.5)) + pieces + 0.25) - 1, network.Predict([4f, 8f])[0], 1e-4);
        Assert.AreEqual(2 * (bounded - 100 + pieces + 0.25) - 1, network.Predict([4f, float.NaN])[0], 1e-4);
        Assert.AreEqual(2 * (10 * 3 * 2 * -1.5 + 0.25) - 1, network.Predict([float.NaN, 0f])[0], 1e-4);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Stages_come_back_with_the_same_outputs(bool sparse)
    {
        float[] x = SparseSamples.Create(50, 20, density: 0.4, seed: 3);
        for (int row = 0; row < 50; row++) x[row * 20 + 7] = row % 5 == 0 ? float.NaN : 1000 + row;
        float[] classes = [.. Enumerable.Range(0, 50).Select(row => row % 3f)];
        ExampleSet rows = sparse ? SparseSamples.ToExamples(x, 20, classes) : new DenseExamples(x, 20, classes);
        var network = Network.Create(20, [6], 3);
        var options = new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer { LearningRate = 0.1f, Parametrization = Parametrization.NeuralTangent },
            NumberOfEpochs = 3,
            BatchSize = 10,
            Calibrate = true,
            NumberOfThreads = 1,
        };
        TrainingLoop.Run(network, rows, rows, options);
        Assert.IsTrue(network.InputStage!.Gain.Span[..network.InputStage.Width].ContainsAnyExcept(1f), "gains have been learned");
        Assert.AreEqual(1, network.InputStage.Marks);

        var read = new Network(network.Layers.ToArray());
        using var reader = new ModelReader(new MemoryStream(Write(network)));
        StagesFormat.Read(reader, read);
        Assert.AreEqual(reader.BaseStream.Length, reader.BaseStream.Position);
        Bits.AssertEqual(network.Predict(x), read.Predict(x), "outputs");
        Assert.AreEqual((sparse, network.InputStage.InputsPerRow, true), (read.InputStage!.IsSparse, read.InputStage.InputsPerRow, read.InputStage.AcceptsMissing));
        CollectionAssert.AreEqual(network.InputStage.Kinds.ToArray(), read.InputStage.Kinds.ToArray());
    }

    [TestMethod]
    public void A_network_without_stages_is_two_bytes()
    {
        var network = new Network(new DenseLayer(2, 1));

        Assert.AreEqual("0000", Convert.ToHexString(Write(network)));
    }

    [TestMethod]
    public void Cut_off_anywhere_is_an_error()
    {
        byte[] bytes = Convert.FromHexString(Bytes);
        for (int length = 0; length < bytes.Length; length++)
        {
            int cut = length;
            Exception error = Assert.Throws<Exception>(() => Read(bytes[..cut]));
            // The end within a single number is told by the reader, which NetworkFormat turns into the same words.
            Assert.IsTrue(error is FormatException or EndOfStreamException, $"{length}: {error.GetType()}");
        }
    }

    [TestMethod]
    [DataRow(0, (byte)2, "the byte that says whether an input stage follows is 2")]
    [DataRow(1, (byte)0, "its input stage takes 0 features for a first layer of 5 inputs")]
    [DataRow(1, (byte)6, "its input stage takes 6 features for a first layer of 5 inputs")]
    [DataRow(5, (byte)9, "the byte that says whether rows were sparse is 9")]
    [DataRow(6, (byte)9, "the byte that says whether features may be missing is 9")]
    [DataRow(14, (byte)0x50, "its rows have 4.631683569492648E+77 inputs of 5")]
    [DataRow(14, (byte)0xC0, "its rows have -4 inputs of 5")]
    [DataRow(15, (byte)5, "its feature 0 is of the unknown kind 5")]
    [DataRow(16, (byte)7, "the byte that says whether a feature has a mark is 7")]
    [DataRow(16, (byte)1, "its input stage has 2 features, 2 marks and 2 pieces for a first layer of 5 inputs")]
    [DataRow(51, (byte)3, "3 of its 2 features have pieces")]
    [DataRow(55, (byte)5, "its feature 5 has 2 pieces")]
    [DataRow(59, (byte)0, "its feature 0 has 0 pieces")]
    [DataRow(115, (byte)3, "the byte that says whether an output stage follows is 3")]
    public void A_wrong_byte_is_named(int position, byte value, string message)
    {
        byte[] bytes = Convert.FromHexString(Bytes);
        bytes[position] = value;

        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message);
    }

    [TestMethod]
    public void Numbers_that_are_not_finite_are_refused()
    {
        foreach (int position in Enumerable.Range(0, 8).Select(i => 19 + 4 * i).Concat(Enumerable.Range(0, 13).Select(i => 63 + 4 * i))) AssertRefused(position, BitConverter.GetBytes(float.NaN), "its input stage has a number that is not a finite number");
        foreach (int position in new[] { 7, 116, 124 }) AssertRefused(position, BitConverter.GetBytes(double.PositiveInfinity), "a stage of its network has a number that is not finite");

        static void AssertRefused(int position, byte[] number, string message)
        {
            byte[] bytes = Convert.FromHexString(Bytes);
            number.CopyTo(bytes, position);
            Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message, $"at {position}");
        }
    }

    private static Network Sample() => Read(Convert.FromHexString(Bytes));

    private static Network Read(byte[] bytes)
    {
        var layer = new DenseLayer(5, 1);
        layer.SetWeights([1, 10, 100, 0.5f, 0.25f]);
        layer.SetBiases([0.25f]);
        var network = new Network(layer);
        using var reader = new ModelReader(new MemoryStream(bytes));
        StagesFormat.Read(reader, network);
        return network;
    }

    private static byte[] Write(Network network)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        StagesFormat.Write(writer, network);
        return stream.ToArray();
    }
}
