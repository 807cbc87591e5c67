using System.Globalization;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>The saved form of a network: its bytes, that it comes back as it was, and that no file can do harm.</summary>
[TestClass]
public sealed class NetworkFormatTests
{
    private const int HostileFiles = 2000;
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
    public void A_file_cut_off_anywhere_is_a_format_error()
    {
        byte[] bytes = Write(Sample());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.StartsWith("The model cannot be read: ", Assert.ThrowsExactly<FormatException>(() => Read(bytes[..length])).Message);
            Assert.StartsWith("The model cannot be read: ", Assert.ThrowsExactly<FormatException>(() => Read(PlainChecksum.Repair(bytes[..length]))).Message);
        }
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

    [TestMethod]
    public void A_flip_of_any_bit_is_told()
    {
        byte[] bytes = Write(Sample());
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            string message = Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message;
            if (bit >= 8 * 16)
                Assert.EndsWith("they have been changed since it was saved.", message);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Bytes_after_the_networks_are_refused()
    {
        byte[] bytes = PlainChecksum.Repair([.. Write(Sample()), 0, 0]);

        Assert.AreEqual("The model cannot be read: it has 2 bytes more than what is in it takes.", Assert.ThrowsExactly<FormatException>(() => Read(bytes)).Message);
    }

    [TestMethod]
    public void Powers_of_Adam_that_no_step_leaves_are_refused()
    {
        foreach ((long steps, double first, double second) in new[] { (12, 1, 0.75), (12, 0.25, 1), (0, 0.25, 0.75), (3L, double.NaN, 0.5) })
        {
            TrainedNetwork sample = Sample();
            sample.OptimizerState!.Restore(steps, first, second);
            Assert.AreEqual(string.Create(CultureInfo.InvariantCulture, $"The model cannot be read: its optimizer has taken {steps} steps, with the powers {first} and {second}."),
                Assert.ThrowsExactly<FormatException>(() => Read(Write(sample))).Message);
        }
    }

    /// <summary>A network of one output takes 16 times the memory of its weights: 2,000,000 inputs of zeros are 8 MB in the file, and 128 MB in memory.</summary>
    [TestMethod]
    public void What_takes_more_memory_than_it_may_is_refused_before_it_is_allocated()
    {
        const int Inputs = 2_000_000;
        byte[] file = [1, 0, 0, 0, .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(Inputs), .. BitConverter.GetBytes(1), 0, .. new byte[4 * (Inputs + 1)], .. new byte[9]];
        using var reader = new ModelReader(new MemoryStream(file), version: 1, memoryLimit: 100_000_000);
        reader.BaseStream.Position = sizeof(int);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Assert.ThrowsExactly<FormatException>(() => NetworkFormat.ReadNetworks(reader)).Message;

        Assert.AreEqual("The model cannot be read: it takes 128000576 bytes of memory or more, and the limit is 100000000; SimpleNnModelFile.MemoryLimit sets another.", message);
        Assert.IsLessThan(1 << 16, GC.GetAllocatedBytesForCurrentThread() - before);
        using var generous = new ModelReader(new MemoryStream(file), version: 1, memoryLimit: 200_000_000);
        generous.BaseStream.Position = sizeof(int);
        Assert.AreEqual(Inputs, NetworkFormat.ReadNetworks(generous).Single().Network.Inputs);
    }

    [TestMethod]
    public void An_altered_file_is_a_network_of_finite_weights_or_a_format_error_and_allocates_little()
    {
        byte[] original = Write(Sample());
        var random = new Random(3);
        int readable = 0;
        for (int i = 0; i < HostileFiles; i++)
        {
            byte[] bytes = i % 4 == 0 ? Alter(original, random) : PlainChecksum.Repair(Alter(original, random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                TrainedNetwork read = Read(bytes)[0];
                Assert.IsTrue(read.Network.AllWeights().All(float.IsFinite));
                Assert.IsTrue(read.OptimizerState is not { } state || Enumerable.Range(0, 2).SelectMany(state.SlotLayers).All(slot => slot.GetWeights().All(float.IsFinite)));
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

    /// <summary>
    /// Without length and checksum: layers 3-5-2, whose 20 and 12 floats begin at byte 30 and end at byte 158, two bytes for no stages, two epochs of 45 bytes from byte 169, the
    /// optimizer's state from byte 259, and in it two floats for each weight.
    /// </summary>
    private static TrainedNetwork Sample()
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
        var state = new OptimizerState(network, OptimizerKind.Adam, slotCount: 2);
        state.Restore(stepCount: 12, firstPower: 0.25, secondPower: 0.75);
        foreach (DenseLayer slot in Enumerable.Range(0, 2).SelectMany(state.SlotLayers))
        {
            slot.SetWeights([.. Enumerable.Range(0, slot.Inputs * slot.Outputs).Select(i => i + 0.5f)]);
            slot.SetBiases([.. Enumerable.Range(0, slot.Outputs).Select(i => 1f + i)]);
        }
        return new(network, new TrainingHistory([Epoch(1), Epoch(2)], 2, StopReason.EarlyStopping), state);
    }

    private static byte[] Write(params TrainedNetwork[] networks)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkFormat.Write(writer, networks);
        return stream.ToArray();
    }

    private static IReadOnlyList<TrainedNetwork> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return NetworkFormat.Read(reader);
    }
}
