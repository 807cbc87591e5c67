using System.Globalization;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.SimpleNn.Tests.Models.NetworkFiles;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>The saved form of a network: its bytes, and that it comes back as it was.</summary>
[TestClass]
public sealed class NetworkFormatTests
{
    private const int Envelope = 12; // length and checksum, which come after the version

    /// <summary>The bytes as the format's description has them, written by hand: they may never change.</summary>
    [TestMethod]
    public void Bytes_are_those_of_the_description()
    {
        var layer = new DenseLayer(2, 1, Activation.Tanh);
        layer.SetWeights([1, -2]);
        layer.SetBiases([0.5f]);
        var epoch = new EpochMetrics { Epoch = 1, NumberOfEpochs = 2, TrainingLoss = 1, ValidationAccuracy = 0.5, LearningRate = 1, IsBest = true, Elapsed = TimeSpan.FromTicks(258) };
        var network = new Network(layer);
        var history = new TrainingHistory([epoch], 1, StopReason.Cancelled);
        string layers = string.Concat(
            "01000000",                             // one layer
            "02000000", "01000000", "08",           // 2 inputs, 1 output, Tanh
            "0000803F", "000000C0",                 // weights 1, -2
            "0000003F");                            // bias 0.5
        string course = string.Concat(
            "02", "01000000", "01000000",           // cancelled, best epoch 1, of 1
            "01000000", "02000000",                 // epoch 1 of at most 2
            "000000000000F03F",                     // training loss 1
            "000000000000F8FF",                     // no validation loss
            "000000000000E03F",                     // validation accuracy 0.5
            "0000803F", "01", "0201000000000000");  // learning rate 1, best, 258 ticks
        var state = new OptimizerState(network, OptimizerKind.Sgd, slotCount: 1);
        state.Restore(stepCount: 3, firstPower: 1, secondPower: 0.5);
        DenseLayer slot = state.SlotLayers(0).Single();
        slot.SetWeights([2, -1]);
        slot.SetBiases([4]);
        string expectedState = string.Concat(
            "01", "01",                             // gradient descent, one float for each weight
            "0300000000000000",                     // three steps
            "000000000000F03F", "000000000000E03F", // powers 1 and 0.5
            "00000040", "000080BF", "00008040");    // 2 and -1 for the weights, 4 for the bias

        // Version 4: two networks without stages, the first without the optimizer's state, the second with it, but without gains; before them their length and checksum.
        string body = $"02000000{layers}0000{course}00{layers}0000{course}01{expectedState}00";
        byte[] bodyBytes = Convert.FromHexString(body);
        string envelope = Convert.ToHexString([.. BitConverter.GetBytes((long)bodyBytes.Length), .. BitConverter.GetBytes(PlainChecksum.Of(bodyBytes))]);
        Assert.AreEqual($"04000000{envelope}{body}", Convert.ToHexString(Write(new(network, history, null), new(network, history, state))));

        // Version 3: the same, without length and checksum.
        Assert.HasCount(2, Read(Convert.FromHexString($"03000000{body}")));

        // Version 2: the same, without a word of stages and gains.
        IReadOnlyList<TrainedNetwork> read = Read(Convert.FromHexString($"0200000002000000{layers}{course}00{layers}{course}01{expectedState}"));
        Assert.HasCount(2, read);
        AssertIsRead(read[0], member: 1);
        AssertIsRead(read[1], member: 2);
        Assert.IsNull(read[0].OptimizerState);
        CollectionAssert.AreEqual(slot.GetWeights(), read[1].OptimizerState!.SlotLayers(0).Single().GetWeights());
        Assert.IsNull(read[1].OptimizerState!.Gains);

        // Version 1: one network, as models of the first version have it.
        TrainedNetwork first = Read(Convert.FromHexString($"01000000{layers}{course}")).Single();
        AssertIsRead(first, member: 1);
        Assert.IsNull(first.OptimizerState);

        void AssertIsRead(TrainedNetwork trained, int member)
        {
            CollectionAssert.AreEqual(layer.GetWeights(), trained.Network.Layers[0].GetWeights());
            CollectionAssert.AreEqual(new[] { epoch with { EnsembleMember = member } }, trained.History.Epochs.ToArray());
            Assert.IsNull(trained.Network.InputStage);
            Assert.IsNull(trained.Network.OutputStage);
        }
    }

    [TestMethod]
    public void The_state_of_the_optimizer_comes_back_as_it_was()
    {
        OptimizerState state = Sample().OptimizerState!, read = Read(Write(Sample())).Single().OptimizerState!;

        Assert.AreEqual((state.Kind, state.SlotCount, state.StepCount, state.FirstPower, state.SecondPower), (read.Kind, read.SlotCount, read.StepCount, read.FirstPower, read.SecondPower));
        for (int i = 0; i < 2; i++)
            foreach ((DenseLayer expected, DenseLayer actual) in state.SlotLayers(i).Zip(read.SlotLayers(i)))
            {
                CollectionAssert.AreEqual(expected.GetWeights(), actual.GetWeights());
                CollectionAssert.AreEqual(expected.GetBiases(), actual.GetBiases());
            }
    }

    [TestMethod]
    public void Networks_of_other_sizes_in_one_model_are_refused()
    {
        TrainedNetwork first = Sample(), second = first with { Network = Network.Create(4, [5], 2), OptimizerState = null };

        Assert.AreEqual("The model cannot be read: network 2 has 4 inputs and 2 outputs, and the first 3 and 2.", Assert.ThrowsExactly<FormatException>(() => Read(Write(first, second))).Message);
    }

    [TestMethod]
    public void A_network_comes_back_as_it_was()
    {
        (Network network, TrainingHistory history, _) = Sample();
        (Network read, TrainingHistory readHistory, _) = Read(Write(Sample())).Single();

        Assert.HasCount(network.Layers.Count, read.Layers);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Assert.AreEqual(network.Layers[i].Activation, read.Layers[i].Activation);
            CollectionAssert.AreEqual(network.Layers[i].GetWeights(), read.Layers[i].GetWeights());
            CollectionAssert.AreEqual(network.Layers[i].GetBiases(), read.Layers[i].GetBiases());
        }
        CollectionAssert.AreEqual(history.Epochs.ToArray(), readHistory.Epochs.ToArray());
        Assert.AreEqual((history.BestEpoch, history.StopReason), (readHistory.BestEpoch, readHistory.StopReason));
    }

    [TestMethod]
    [DataRow(0, 5, "its network is of format version 5, and this version of the library reads 1 to 4")]
    [DataRow(4, 0, "it has 0 networks, the range is 1 to 100")]
    [DataRow(4, 101, "it has 101 networks, the range is 1 to 100")]
    [DataRow(4, 2, "the file ends too early")]
    [DataRow(8, 0, "its network has 0 layers, the range is 1 to 1001")]
    [DataRow(8, 2000, "its network has 2000 layers, the range is 1 to 1001")]
    [DataRow(8, 1001, "the file ends too early")]
    [DataRow(12, 0, "layer 1 of its network has 0 inputs and 5 outputs")]
    [DataRow(16, -5, "layer 1 of its network has 3 inputs and -5 outputs")]
    [DataRow(12, int.MaxValue, "layer 1 of its network has 2147483647 inputs and 5 outputs")]
    [DataRow(16, 4, "layer 2 of its network takes 5 inputs, but the layer before it gives 4")]
    [DataRow(12, 10_000_000, "its weights take 200000068 bytes, and 513 are left in the file")]
    [DataRow(30, float.NaN, "layer 1 of its network has a weight that is not a finite number")]
    [DataRow(30, float.PositiveInfinity, "layer 1 of its network has a weight that is not a finite number")]
    [DataRow(161, int.MaxValue, "its best epoch is 2147483647 of 2")]
    [DataRow(165, int.MaxValue, "its history has 2147483647 epochs, and 374 bytes are left in the file")]
    [DataRow(165, -1, "its history has -1 epochs, and 374 bytes are left in the file")]
    [DataRow(266, int.MinValue, "its optimizer has taken -9223372036854775796 steps, with the powers 0.25 and 0.75")]
    [DataRow(266, 1 << 30, "its optimizer has taken 4611686018427387916 steps, with the powers 0.25 and 0.75")]
    [DataRow(286, float.NaN, "its optimizer's state has a number that is not a finite number")]
    [DataRow(366, -0.5f, "its optimizer's state has a mean of squares of layer 1 that is below 0: -0.5")]
    public void A_wrong_number_is_named(int position, object value, string message)
    {
        byte[] bytes = Write(Sample());
        (value is float number ? BitConverter.GetBytes(number) : BitConverter.GetBytes((int)value)).CopyTo(bytes, position == 0 ? 0 : position + Envelope);

        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(PlainChecksum.Repair(bytes))).Message);
    }

    [TestMethod]
    [DataRow(20, "layer 1 of its network has the unknown activation 200")]
    [DataRow(160, "its training ended for the unknown reason 200")]
    [DataRow(259, "the byte that says whether the optimizer's state follows is 200")]
    [DataRow(260, "its optimizer is of the unknown kind 200 with 2 numbers for each weight")]
    [DataRow(261, "its optimizer is of the unknown kind 5 with 200 numbers for each weight")]
    public void An_unknown_code_is_named(int position, string message)
    {
        byte[] bytes = Write(Sample());
        bytes[position + Envelope] = 200;

        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(PlainChecksum.Repair(bytes))).Message);
    }

    [TestMethod]
    public void The_checksum_is_that_of_the_definition()
    {
        Assert.AreEqual(0xE3069283u, PlainChecksum.Of("123456789"u8)); // the check value of the CRC catalogue
        byte[] bytes = new byte[200_000];
        new Random(5).NextBytes(bytes);
        for (int length = 0; length < 40; length++)
            Assert.AreEqual(PlainChecksum.Of(bytes.AsSpan(0, length)), Crc32C.Of(new MemoryStream(bytes), length));
        Assert.AreEqual(PlainChecksum.Of(bytes), Crc32C.Of(new MemoryStream(bytes), bytes.Length));
    }
}
