using System.IO.Compression;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>A model saved by ML.NET as a zip, damaged in many ways.</summary>
[TestClass]
public sealed class SavedModelTests
{
    private const int AlteredFiles = 100;
    private const int Envelope = 12; // length and checksum, which come after the version
    private const int EnvelopeEnd = 16;
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_error_of_a_damaged_model_is_told_with_its_cause()
    {
        byte[] zip = Saved();
        (string entry, int start, _) = FindNetwork(zip);
        byte[] damaged = WithEntry(zip, entry, bytes =>
        {
            BitConverter.GetBytes(float.NaN).CopyTo(bytes, start + 30 + Envelope);
            Repair(bytes, start);
        });

        Exception error = Assert.Throws<InvalidOperationException>(() => Load(damaged)).GetBaseException();
        Assert.IsInstanceOfType<FormatException>(error);
        Assert.AreEqual("The model cannot be read: layer 1 of its network has a weight that is not a finite number.", error.Message);
    }

    [TestMethod]
    public void The_error_of_a_damaged_autoencoder_is_told_with_its_cause()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Rows(20));
        var transformer = AutoencoderTask.Train(_ml, Reading.Rows(20));
        byte[] zip = Saved(transformer, data);
        (string entry, int start, int length) = FindNetwork(zip, transformer.Model.Trained);
        void AssertRefused(string message, int position, float value)
        {
            byte[] damaged = WithEntry(zip, entry, bytes =>
            {
                BitConverter.GetBytes(value).CopyTo(bytes, start + length + position);
                Repair(bytes, start);
            });
            Exception error = Assert.Throws<InvalidOperationException>(() => Load(damaged)).GetBaseException();
            Assert.IsInstanceOfType<FormatException>(error);
            Assert.AreEqual(message, error.Message);
        }

        AssertRefused("The model cannot be read: its threshold is NaN.", 0, float.NaN);
        AssertRefused("The model cannot be read: the factor of feature 5 is not a finite number of 0 or more.", 6 * sizeof(float), -1);
    }

    [TestMethod]
    public void The_error_of_a_damaged_regression_is_told_with_its_cause()
    {
        var transformer = RegressionTask.Train(_ml, "quantiles");
        byte[] zip = Saved(transformer, RegressionTask.View(_ml, Measurement.Rows(2)));
        (string entry, int start, int length) = FindNetwork(zip, transformer.Model.Trained);
        void AssertRefused(string message, params (int Position, byte Value)[] changes)
        {
            byte[] damaged = WithEntry(zip, entry, bytes =>
            {
                foreach ((int position, byte value) in changes)
                    bytes[start + length + position] = value;
                Repair(bytes, start);
            });
            Assert.Contains(message, Messages(Assert.Throws<InvalidOperationException>(() => Load(damaged))));
        }

        // After the network: meaning, whether the score is a vector, whether its slots have names, and each name with its length before it.
        AssertRefused("The model cannot be read: its scores have the unknown meaning 9.", (0, 9));
        AssertRefused("The model cannot be read: its score is a number, but its network has 3 outputs.", (1, 0));
        AssertRefused("The model cannot be read: the file ends too early.", (3, 120));
        AssertRefused("The model cannot be read: the length of the name of slot 0 is none.", (3, 255), (4, 255), (5, 255), (6, 255), (7, 255));
        Assert.AreEqual(3, ((ISingleFeaturePredictionTransformer<SimpleNnRegressionModelParameters>)Load(zip)).Model.Network.Outputs);
    }

    [TestMethod]
    public void A_zip_with_an_altered_regression_loads_or_is_refused()
    {
        var transformer = RegressionTask.Train(_ml, "labels");
        byte[] zip = Saved(transformer, RegressionTask.View(_ml, Measurement.Rows(2)));
        (string entry, int start, int length) = FindNetwork(zip, transformer.Model.Trained);
        length += 3 + 1 + "Red".Length + 1 + "Round".Length; // meaning, vector or not, names or not, and the names
        var random = new Random(8);
        int refused = 0;
        for (int i = 0; i < AlteredFiles; i++)
        {
            byte[] altered = WithEntry(zip, entry, bytes =>
            {
                bytes[start + EnvelopeEnd + random.Next(length - EnvelopeEnd)] = (byte)random.Next(256);
                Repair(bytes, start);
            });
            try
            {
                Assert.IsTrue(RegressionTask.Weights(((ISingleFeaturePredictionTransformer<SimpleNnRegressionModelParameters>)Load(altered)).Model).All(float.IsFinite));
            }
            catch (InvalidOperationException error)
            {
                Assert.Contains("The model ", Messages(error));
                refused++;
            }
        }
        Assert.IsGreaterThan(0, refused);
    }

    [TestMethod]
    public void A_network_that_is_no_autoencoder_is_refused_as_one()
    {
        var network = Network.Create(Reading.FeatureCount, [3, 4], Reading.FeatureCount);
        var model = new SimpleNnAutoencoderModelParameters(_ml, [new TrainedNetwork(network, new TrainingHistory([], 0, StopReason.Completed), null)], new ReconstructionError(network, new float[Reading.FeatureCount]), threshold: 1);
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Rows(2));
        byte[] zip = Saved(_ml.Transforms.SimpleNnEncode("Code", model, "Features").Fit(data), data);

        Assert.AreEqual("The model cannot be read: its network has 3 layers from 6 inputs to 6 outputs, an autoencoder has an even number and as many outputs as inputs.",
            Assert.Throws<Exception>(() => Load(zip)).GetBaseException().Message);
    }

    [TestMethod]
    public void A_zip_with_altered_network_loads_with_finite_weights_or_is_refused()
    {
        byte[] zip = Saved();
        (string entry, int start, int length) = FindNetwork(zip);
        var random = new Random(8);
        int refused = 0;
        for (int i = 0; i < AlteredFiles; i++)
        {
            byte[] altered = WithEntry(zip, entry, bytes =>
            {
                for (int change = random.Next(1, 4); change > 0; change--)
                    bytes[start + EnvelopeEnd + random.Next(length - EnvelopeEnd)] = (byte)random.Next(256);
                Repair(bytes, start);
            });
            refused += LoadsOrIsRefused(altered) ? 0 : 1;
        }
        Assert.IsGreaterThan(0, refused);
    }

    [TestMethod]
    public void A_zip_cut_off_is_refused()
    {
        byte[] zip = Saved();
        for (int length = 0; length < zip.Length; length += zip.Length / 20)
        {
            byte[] cut = zip[..length];
            Exception error = Assert.Throws<Exception>(() => Load(cut));
            Assert.IsTrue(error is FormatException or InvalidOperationException or InvalidDataException, error.ToString());
        }
    }

    [TestMethod]
    public void A_zip_with_altered_bytes_loads_with_finite_weights_or_is_refused()
    {
        byte[] zip = Saved();
        var random = new Random(9);
        for (int i = 0; i < AlteredFiles; i++)
        {
            byte[] altered = (byte[])zip.Clone();
            altered[random.Next(zip.Length)] = (byte)random.Next(256);
            try
            {
                Assert.IsTrue(BlobTask.Weights(ModelOf(Load(altered))).All(float.IsFinite));
            }
            catch (Exception error)
            {
                // Most of these bytes are the zip's and ML.NET's own, and so are the errors about them.
                Exception cause = error.GetBaseException();
                Assert.IsTrue(cause is FormatException or InvalidDataException or IOException or InvalidOperationException or ArgumentException, error.ToString());
            }
        }
    }

    private byte[] Saved()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60));
        return Saved(_ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(data), data);
    }

    private byte[] Saved(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        return stream.ToArray();
    }

    private static ITransformer Load(byte[] zip) => new MLContext().Model.Load(new MemoryStream(zip), out _);

    private static SimpleNnMulticlassModelParameters ModelOf(ITransformer model) =>
        (SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)model).Model;

    private static bool LoadsOrIsRefused(byte[] zip)
    {
        try
        {
            Assert.IsTrue(BlobTask.Weights(ModelOf(Load(zip))).All(float.IsFinite));
            return true;
        }
        catch (InvalidOperationException error)
        {
            Assert.IsInstanceOfType<FormatException>(error.GetBaseException());
            Assert.StartsWith("The model ", error.GetBaseException().Message);
            return false;
        }
    }

    /// <summary>The entry of the zip that holds our network, and where in it; what surrounds it is ML.NET's own.</summary>
    private static (string Entry, int Start, int Length) FindNetwork(byte[] zip)
    {
        SimpleNnMulticlassModelParameters model = ModelOf(Load(zip));
        return FindNetwork(zip, model.Trained);
    }

    /// <summary>The length is that of version, envelope and networks, without what the task adds, which the checksum in the file covers too.</summary>
    private static (string Entry, int Start, int Length) FindNetwork(byte[] zip, IReadOnlyList<TrainedNetwork> trained)
    {
        using var stream = new MemoryStream();
        NetworkFormat.Write(new BinaryWriter(stream), trained);
        byte[] network = stream.ToArray();
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            int start = Bytes(entry).AsSpan().IndexOf(network.AsSpan(EnvelopeEnd)) - EnvelopeEnd;
            if (start >= 0)
                return (entry.FullName, start, network.Length);
        }
        throw new InvalidDataException("No entry of the zip holds the network.");
    }

    /// <summary>Makes the checksum right again, so that the checks behind it are reached.</summary>
    private static void Repair(byte[] entry, int start)
    {
        int length = (int)BitConverter.ToInt64(entry, start + 4);
        BitConverter.GetBytes(PlainChecksum.Of(entry.AsSpan(start + EnvelopeEnd, length))).CopyTo(entry, start + 12);
    }

    private static byte[] WithEntry(byte[] zip, string name, Action<byte[]> change)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(zip)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                byte[] bytes = Bytes(entry);
                if (entry.FullName == name)
                    change(bytes);
                using Stream stream = target.CreateEntry(entry.FullName).Open();
                stream.Write(bytes);
            }
        }
        return result.ToArray();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The messages of an error and of all that caused it: of some, the innermost is the runtime's own.</summary>
    private static string Messages(Exception? error) => error is null ? "" : $"{error.Message}\n{Messages(error.InnerException)}";
}
