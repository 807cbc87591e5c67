using System.Globalization;
using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.SimpleNn.Tests.Models.NetworkFiles;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>No bytes of a network, however they were changed, do harm: they are a network of finite weights or a format error, in little memory.</summary>
[TestClass]
public sealed class HostileNetworkTests
{
    private const int HostileFiles = 2000;

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
}
