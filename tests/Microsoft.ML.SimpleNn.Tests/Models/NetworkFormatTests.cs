using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>The saved form of a network: its bytes, that it comes back as it was, and that no file can do harm.</summary>
[TestClass]
public sealed class NetworkFormatTests
{
    private const int HostileFiles = 2000;

    /// <summary>The bytes as the format's description has them, written by hand: they may never change.</summary>
    [TestMethod]
    public void Bytes_are_those_of_the_description()
    {
        var layer = new DenseLayer(2, 1, Activation.Tanh);
        layer.SetWeights([1, -2]);
        layer.SetBiases([0.5f]);
        var epoch = new EpochMetrics { Epoch = 1, NumberOfEpochs = 2, TrainingLoss = 1, ValidationAccuracy = 0.5, LearningRate = 1, IsBest = true, Elapsed = TimeSpan.FromTicks(258) };
        byte[] bytes = Write(new Network(layer), new TrainingHistory([epoch], 1, StopReason.Cancelled));

        string expected = string.Concat(
            "01000000", "01000000",                 // version 1, one layer
            "02000000", "01000000", "08",           // 2 inputs, 1 output, Tanh
            "0000803F", "000000C0",                 // weights 1, -2
            "0000003F",                             // bias 0.5
            "02", "01000000", "01000000",           // cancelled, best epoch 1, of 1
            "01000000", "02000000",                 // epoch 1 of at most 2
            "000000000000F03F",                     // training loss 1
            "000000000000F8FF",                     // no validation loss
            "000000000000E03F",                     // validation accuracy 0.5
            "0000803F", "01", "0201000000000000");  // learning rate 1, best, 258 ticks
        Assert.AreEqual(expected, Convert.ToHexString(bytes));
    }

    [TestMethod]
    public void A_network_comes_back_as_it_was()
    {
        (Network network, TrainingHistory history) = Sample();
        (Network read, TrainingHistory readHistory) = Read(Write(network, history));

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
    [DataRow(0, 2, "its network is of format version 2, and this version of the library reads 1")]
    [DataRow(4, 0, "its network has 0 layers, the range is 1 to 1001")]
    [DataRow(4, 2000, "its network has 2000 layers, the range is 1 to 1001")]
    [DataRow(4, 1001, "the file ends too early")]
    [DataRow(8, 0, "layer 1 of its network has 0 inputs and 5 outputs")]
    [DataRow(12, -5, "layer 1 of its network has 3 inputs and -5 outputs")]
    [DataRow(8, int.MaxValue, "layer 1 of its network has 2147483647 inputs and 5 outputs")]
    [DataRow(12, 4, "layer 2 of its network takes 5 inputs, but the layer before it gives 4")]
    [DataRow(8, 10_000_000, "its weights take 200000068 bytes, and 227 are left in the file")]
    [DataRow(26, float.NaN, "layer 1 of its network has a weight that is not a finite number")]
    [DataRow(26, float.PositiveInfinity, "layer 1 of its network has a weight that is not a finite number")]
    [DataRow(155, int.MaxValue, "its best epoch is 2147483647 of 2")]
    [DataRow(159, int.MaxValue, "its history has 2147483647 epochs, and 90 bytes are left in the file")]
    [DataRow(159, -1, "its history has -1 epochs, and 90 bytes are left in the file")]
    public void A_wrong_number_is_named(int position, object value, string message)
    {
        (Network network, TrainingHistory history) = Sample();
        byte[] bytes = Write(network, history);
        (value is float number ? BitConverter.GetBytes(number) : BitConverter.GetBytes((int)value)).CopyTo(bytes, position);

        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message);
    }

    [TestMethod]
    [DataRow(16, "layer 1 of its network has the unknown activation 200")]
    [DataRow(154, "its training ended for the unknown reason 200")]
    public void An_unknown_code_is_named(int position, string message)
    {
        (Network network, TrainingHistory history) = Sample();
        byte[] bytes = Write(network, history);
        bytes[position] = 200;

        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message);
    }

    [TestMethod]
    public void A_file_cut_off_anywhere_is_a_format_error()
    {
        (Network network, TrainingHistory history) = Sample();
        byte[] bytes = Write(network, history);
        for (int length = 0; length < bytes.Length; length++)
            Assert.StartsWith("The model cannot be read: ", Assert.ThrowsExactly<FormatException>(() => Read(bytes[..length])).Message);
    }

    [TestMethod]
    public void An_altered_file_is_a_network_of_finite_weights_or_a_format_error_and_allocates_little()
    {
        (Network network, TrainingHistory history) = Sample();
        byte[] original = Write(network, history);
        var random = new Random(3);
        int readable = 0;
        for (int i = 0; i < HostileFiles; i++)
        {
            byte[] bytes = Alter(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Network read = Read(bytes).Network;
                Assert.IsTrue(read.Layers.All(layer => layer.GetWeights().Concat(layer.GetBiases()).All(float.IsFinite)));
                readable++;
            }
            catch (FormatException error)
            {
                Assert.StartsWith("The model cannot be read: ", error.Message);
            }
            Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        // Most bytes are weights, and another finite weight cannot be told from the right one.
        Assert.IsGreaterThan(HostileFiles / 10, readable);
        Assert.IsLessThan(HostileFiles, readable);
    }

    /// <summary>One to four changes: a byte, a number set to an extreme, or the end cut off or lengthened.</summary>
    private static byte[] Alter(byte[] original, Random random)
    {
        byte[] bytes = (byte[])original.Clone();
        int[] extremes = [0, -1, 1, int.MaxValue, int.MinValue, 1 << 16, 1 << 28, BitConverter.SingleToInt32Bits(float.NaN)];
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            int position = random.Next(bytes.Length - 4);
            switch (random.Next(8))
            {
                case 0:
                    BitConverter.GetBytes(extremes[random.Next(extremes.Length)]).CopyTo(bytes, random.Next(40));
                    break;
                case 1:
                    BitConverter.GetBytes(extremes[random.Next(extremes.Length)]).CopyTo(bytes, position);
                    break;
                case 2:
                    Array.Resize(ref bytes, Math.Max(44, random.Next(2 * original.Length)));
                    break;
                default:
                    bytes[position] = (byte)random.Next(256);
                    break;
            }
        }
        return bytes;
    }

    /// <summary>Layers 3-5-2, whose 20 and 12 floats begin at byte 26 and end at byte 154, and two epochs of 45 bytes from byte 163.</summary>
    private static (Network Network, TrainingHistory History) Sample()
    {
        var network = new Network(new DenseLayer(3, 5, Activation.ReLU), new DenseLayer(5, 2));
        network.Initialize(null, seed: 7);
        EpochMetrics Epoch(int epoch) => new()
        {
            Epoch = epoch,
            NumberOfEpochs = 9,
            TrainingLoss = 1.0 / epoch,
            ValidationLoss = epoch == 1 ? null : 0.25,
            LearningRate = 0.01f,
            IsBest = epoch == 2,
            Elapsed = TimeSpan.FromSeconds(epoch),
        };
        return (network, new TrainingHistory([Epoch(1), Epoch(2)], 2, StopReason.EarlyStopping));
    }

    private static byte[] Write(Network network, TrainingHistory history)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkFormat.Write(writer, network, history);
        return stream.ToArray();
    }

    private static (Network Network, TrainingHistory History) Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return NetworkFormat.Read(reader);
    }
}
