using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Reads a saved model by docs/MODEL_FORMAT.md, and by nothing else: it uses no type of the library.</summary>
internal sealed class DocumentedModel : IDisposable
{
    private readonly BinaryReader _reader;
    private readonly uint _version;
    private readonly string _kind;

    private DocumentedModel(byte[] entry)
    {
        _reader = new BinaryReader(new MemoryStream(entry), Encoding.UTF8);
        _kind = Encoding.ASCII.GetString(entry, 64, 8);
        _version = BitConverter.ToUInt32(entry, 72);
        End = BitConverter.ToInt64(entry, 16) + BitConverter.ToInt64(entry, 24);
        _reader.BaseStream.Position = BitConverter.ToInt64(entry, 16);
        Assert.AreEqual(4, _reader.ReadInt32());
        Read(entry);
    }

    /// <summary>Where the content ends by ML.NET's header.</summary>
    public long End { get; }

    /// <summary>The version of what it is.</summary>
    public uint Version => _version;

    /// <summary>Where it ended for this reader.</summary>
    public long Position => _reader.BaseStream.Position;

    /// <summary>Weights and biases of the layers of each network, as they come.</summary>
    public List<List<(float[] Weights, float[] Biases)>> Networks { get; } = [];

    /// <summary>The names of the outputs.</summary>
    public List<string> Names { get; } = [];

    public static DocumentedModel Open(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name == "Model.key"))
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            byte[] bytes = copy.ToArray();
            if (Encoding.ASCII.GetString(bytes, 64, 8) is "SNNMULTI" or "SNNBINRY" or "SNNREGRS" or "SNNAUTOE")
                return new DocumentedModel(bytes);
        }
        throw new InvalidDataException(path);
    }

    public void Dispose() => _reader.Dispose();

    private void Read(byte[] entry)
    {
        int form = _reader.ReadInt32();
        if (form == 4)
        {
            (long length, uint checksum) = (_reader.ReadInt64(), _reader.ReadUInt32());
            Assert.AreEqual(End, Position + length);
            Assert.AreEqual(PlainChecksum.Of(entry.AsSpan((int)Position, (int)length)), checksum);
        }
        int features = 0, outputs = 0;
        for (int networks = form == 1 ? 1 : _reader.ReadInt32(); networks > 0; networks--)
            (features, outputs) = ReadNetwork(form);
        if (_kind == "SNNMULTI" && form >= 4)
            ReadNames(outputs);
        if (_kind == "SNNMULTI" && _version >= 0x00010005)
            ReadPredictionSets();
        if (_kind == "SNNREGRS")
            ReadRegression(outputs);
        if (_kind == "SNNAUTOE")
            Floats(1 + features);
    }

    private (int Features, int Outputs) ReadNetwork(int form)
    {
        var layers = new (int Inputs, int Outputs)[_reader.ReadInt32()];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = (_reader.ReadInt32(), _reader.ReadInt32());
            Assert.IsInRange<int>(0, 9, _reader.ReadByte());
        }
        Networks.Add([.. layers.Select(layer => (Floats(layer.Outputs * layer.Inputs), Floats(layer.Outputs)))]);
        (int inputs, int outputs) = (layers[0].Inputs, layers[^1].Outputs);
        int features = form >= 3 ? ReadStages(inputs, outputs) : inputs;
        ReadHistory();
        if (form >= 2 && Flag())
            ReadState(layers, form);
        return (features, outputs);
    }

    private int ReadStages(int inputs, int outputs)
    {
        int features = inputs;
        if (Flag())
        {
            features = _reader.ReadInt32();
            Flag();
            Flag();
            Assert.IsInRange(1, inputs, _reader.ReadDouble());
            int marks = 0, pieces = 0;
            for (int i = 0; i < features; i++)
            {
                Assert.IsInRange<int>(0, 4, _reader.ReadByte());
                marks += Flag() ? 1 : 0;
            }
            Floats(4 * features);
            for (int binned = _reader.ReadInt32(); binned > 0; binned--)
            {
                Assert.IsInRange(0, features - 1, _reader.ReadInt32());
                int count = _reader.ReadInt32();
                Floats(4 * count);
                pieces += count;
            }
            Assert.AreEqual(inputs, features + marks + pieces);
            Assert.IsFalse(Floats(inputs).Contains(0f));
        }
        if (Flag())
            for (int i = 0; i < 2 * outputs; i++)
                Assert.IsTrue(_reader.ReadDouble() is var number && (double.IsFinite(number) || (double.IsNaN(number) && i >= outputs)));
        return features;
    }

    private void ReadHistory()
    {
        Assert.IsInRange<int>(0, 6, _reader.ReadByte());
        (int best, int epochs) = (_reader.ReadInt32(), _reader.ReadInt32());
        Assert.IsInRange(0, epochs, best);
        for (int i = 1; i <= epochs; i++)
        {
            Assert.AreEqual(i, _reader.ReadInt32());
            _reader.BaseStream.Position += 41;
        }
    }

    private void ReadState((int Inputs, int Outputs)[] layers, int form)
    {
        Assert.IsInRange<int>(1, 6, _reader.ReadByte());
        int slots = _reader.ReadByte();
        Assert.IsGreaterThan(0, _reader.ReadInt64());
        Assert.IsInRange(0.0, 1.0, _reader.ReadDouble());
        Assert.IsInRange(0.0, 1.0, _reader.ReadDouble());
        foreach ((int inputs, int outputs) in layers)
            Floats(slots * (inputs + 1) * outputs);
        if (form >= 3 && Flag())
            Floats(slots * layers[0].Inputs);
    }

    private void ReadRegression(int outputs)
    {
        Assert.IsInRange<int>(0, 2, _reader.ReadByte());
        Flag();
        if (_version >= 0x00010002)
            ReadNames(outputs);
        if (_version < 0x00010005)
            return;
        float[] interval = Floats(2);
        Assert.IsInRange(0, 1, interval[0]);
        Assert.IsGreaterThanOrEqualTo(0, interval[1]);
    }

    private void ReadPredictionSets()
    {
        foreach (float number in Floats(2))
            Assert.IsInRange(0, 1, number);
    }

    private void ReadNames(int outputs)
    {
        if (!Flag())
            return;
        for (int i = 0; i < outputs; i++)
            Names.Add(_reader.ReadString());
    }

    private bool Flag()
    {
        byte flag = _reader.ReadByte();
        Assert.IsInRange<int>(0, 1, flag);
        return flag == 1;
    }

    private float[] Floats(int count)
    {
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = _reader.ReadSingle();
            Assert.IsTrue(float.IsFinite(number));
        }
        return numbers;
    }
}
