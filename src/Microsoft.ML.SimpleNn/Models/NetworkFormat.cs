using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of trained networks, little-endian; docs/MODEL_FORMAT.md describes every byte:
/// <code>
/// int32  version of this form, 4
/// int64  length of the body in bytes
/// uint32 CRC-32C of the body
/// the body:
///     int32  number of networks, which all have the same inputs and outputs; for each:
///         int32  number of layers;  for each: int32 inputs, int32 outputs, byte activation
///         for each layer: float32 weights [outputs x inputs] row-major, float32 biases [outputs]
///         stages, see StagesFormat
///         history, see TrainingHistoryFormat
///         byte   1 where the optimizer's state follows, see OptimizerStateFormat; else 0
///     what the task adds
/// </code>
/// The first layer's inputs are those that the input stage gives. Version 3 has neither length nor checksum, version 2 no stages either, and version 1 one
/// network without its number and the last
/// byte; all are read.
/// </summary>
internal static class NetworkFormat
{
    /// <summary>The version that is written.</summary>
    public const int Version = 4;

    /// <summary>The first version whose bytes are covered by a checksum, the task's included.</summary>
    public const int VersionWithChecksum = 4;

    /// <summary>The first version that has input and output stages, and says whether gains were learned.</summary>
    public const int VersionWithStages = 3;

    private const int VersionOfOneNetwork = 1;
    private const int EnvelopeBytes = sizeof(long) + sizeof(uint);
    private const int LayerHeaderBytes = (2 * sizeof(int)) + 1;
    private const int LayerObjectBytes = 512; // what a layer takes besides its parameters, about
    private const int FloatsPerBlock = 4096;

    /// <summary>Writes the networks of a model to a stream that can seek.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="networks">The networks.</param>
    /// <param name="writeTask">Writes what the task adds; null for nothing.</param>
    public static void Write(BinaryWriter writer, IReadOnlyList<TrainedNetwork> networks, Action<BinaryWriter>? writeTask = null)
    {
        writer.Write(Version);
        writer.Flush();
        Stream stream = writer.BaseStream;
        long envelope = stream.Position;
        stream.Write(new byte[EnvelopeBytes]);
        using var body = new ChecksumStream(stream);
        using (var bodyWriter = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            WriteNetworks(bodyWriter, networks);
            writeTask?.Invoke(bodyWriter);
        }
        long end = stream.Position;
        stream.Position = envelope;
        writer.Write(body.Length);
        writer.Write(body.Checksum);
        writer.Flush();
        stream.Position = end;
    }

    /// <summary>Reads the networks of a model to which no task has added anything, from a stream that can seek.</summary>
    /// <exception cref="FormatException">The bytes are not those of networks; the message says what is wrong.</exception>
    public static IReadOnlyList<TrainedNetwork> Read(BinaryReader reader)
    {
        ModelReader body = Open(reader);
        IReadOnlyList<TrainedNetwork> networks = ReadNetworks(body);
        body.CheckEnd();
        return networks;
    }

    /// <summary>Checks version and checksum.</summary>
    /// <param name="reader">A reader of a stream that can seek.</param>
    /// <param name="end">Where the model ends in the stream, as what is around it says; null for where the stream ends.</param>
    /// <returns>A reader of the body, for <see cref="ReadNetworks"/> and what the task adds. Nothing need be done to dispose it.</returns>
    /// <exception cref="FormatException">The bytes are not those of networks; the message says what is wrong.</exception>
    public static ModelReader Open(BinaryReader reader, long? end = null)
    {
        Stream stream = reader.BaseStream;
        long last = Math.Min(end ?? stream.Length, stream.Length);
        if (last - stream.Position < sizeof(int))
            throw ModelReader.TooShort();
        int version = reader.ReadInt32();
        if (version is < VersionOfOneNetwork or > Version)
            throw ModelReader.Damaged($"its network is of format version {version}, and this version of the library reads {VersionOfOneNetwork} to {Version}");
        if (version < VersionWithChecksum)
            return new ModelReader(stream, version, last);
        if (last - stream.Position < EnvelopeBytes)
            throw ModelReader.TooShort();
        (long length, uint checksum) = (reader.ReadInt64(), reader.ReadUInt32());
        long start = stream.Position;
        if (length != last - start)
            throw ModelReader.Damaged($"its length is {length} bytes, and {last - start} are left in the file");
        uint actual = Crc32C.Of(stream, length);
        if (actual != checksum)
            throw ModelReader.Damaged($"its checksum is {checksum:X8}, but that of its bytes {actual:X8}: they have been changed since it was saved");
        stream.Position = start;
        return new ModelReader(stream, version, last);
    }

    /// <summary>Reads the networks of a body.</summary>
    /// <exception cref="FormatException">The bytes are not those of networks; the message says what is wrong.</exception>
    public static IReadOnlyList<TrainedNetwork> ReadNetworks(ModelReader reader)
    {
        try
        {
            int count = reader.Version == VersionOfOneNetwork ? 1 : reader.ReadInt32();
            if (count < 1 || count > NetworkLimits.EnsembleSize)
                throw ModelReader.Damaged($"it has {count} networks, the range is 1 to {NetworkLimits.EnsembleSize}");
            var networks = new TrainedNetwork[count];
            for (int i = 0; i < count; i++)
            {
                networks[i] = ReadTrained(reader, member: i + 1);
                Network network = networks[i].Network, first = networks[0].Network;
                if ((network.Inputs, network.Outputs) != (first.Inputs, first.Outputs))
                    throw ModelReader.Damaged(
                        $"network {i + 1} has {network.Inputs} inputs and {network.Outputs} outputs, and the first {first.Inputs} and {first.Outputs}");
            }
            return networks;
        }
        catch (EndOfStreamException)
        {
            throw ModelReader.TooShort();
        }
    }

    private static void WriteNetworks(BinaryWriter writer, IReadOnlyList<TrainedNetwork> networks)
    {
        writer.Write(networks.Count);
        foreach (TrainedNetwork trained in networks)
        {
            WriteNetwork(writer, trained.Network);
            StagesFormat.Write(writer, trained.Network);
            TrainingHistoryFormat.Write(writer, trained.History);
            writer.Write(trained.OptimizerState is not null);
            if (trained.OptimizerState is not null)
                OptimizerStateFormat.Write(writer, trained.OptimizerState, trained.Network);
        }
    }

    private static void WriteNetwork(BinaryWriter writer, Network network)
    {
        writer.Write(network.Layers.Count);
        foreach (DenseLayer layer in network.Layers)
        {
            writer.Write(layer.Inputs);
            writer.Write(layer.Outputs);
            writer.Write((byte)layer.Activation);
        }
        foreach (DenseLayer layer in network.Layers)
            WriteParameters(writer, layer);
    }

    /// <summary>Writes the weights [outputs x inputs], row-major, and the biases [outputs].</summary>
    internal static void WriteParameters(BinaryWriter writer, DenseLayer layer)
    {
        WriteWeights(writer, layer);
        WriteFloats(writer, layer.GetBiases());
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="layer">Takes them.</param>
    /// <param name="number">What one of them is: the beginning of a sentence about it.</param>
    internal static void ReadParameters(ModelReader reader, DenseLayer layer, string number)
    {
        ReadWeights(reader, layer, number);
        layer.SetBiases(reader.ReadFloats(layer.Outputs, number));
    }

    private static TrainedNetwork ReadTrained(ModelReader reader, int member)
    {
        Network network = ReadNetwork(reader);
        if (reader.Version >= VersionWithStages)
            StagesFormat.Read(reader, network);
        TrainingHistory history = TrainingHistoryFormat.Read(reader, member);
        bool hasState = reader.Version > VersionOfOneNetwork && reader.ReadFlag("the optimizer's state follows");
        return new TrainedNetwork(network, history, hasState ? OptimizerStateFormat.Read(reader, network) : null);
    }

    private static Network ReadNetwork(ModelReader reader) => ReadLayers(reader, ReadShapes(reader));

    private static (int Inputs, int Outputs, Activation Activation)[] ReadShapes(ModelReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 1 || count > NetworkLimits.HiddenLayers + 1)
            throw ModelReader.Damaged($"its network has {count} layers, the range is 1 to {NetworkLimits.HiddenLayers + 1}");
        if ((long)count * LayerHeaderBytes > reader.BytesLeft)
            throw ModelReader.TooShort();
        var shapes = new (int Inputs, int Outputs, Activation Activation)[count];
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            (int inputs, int outputs, byte activation) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadByte());
            if (inputs < 1 || outputs < 1 || !NetworkLimits.Allow(inputs, outputs))
                throw ModelReader.Damaged($"layer {i + 1} of its network has {inputs} inputs and {outputs} outputs");
            if (i > 0 && inputs != shapes[i - 1].Outputs)
                throw ModelReader.Damaged($"layer {i + 1} of its network takes {inputs} inputs, but the layer before it gives {shapes[i - 1].Outputs}");
            if (!Enum.IsDefined((Activation)activation))
                throw ModelReader.Damaged($"layer {i + 1} of its network has the unknown activation {activation}");
            shapes[i] = (inputs, outputs, (Activation)activation);
            bytes += (((long)inputs * outputs) + outputs) * sizeof(float);
        }
        if (bytes > reader.BytesLeft)
            throw ModelReader.Damaged($"its weights take {bytes} bytes, and {reader.BytesLeft} are left in the file");
        return shapes;
    }

    private static Network ReadLayers(ModelReader reader, (int Inputs, int Outputs, Activation Activation)[] shapes)
    {
        var layers = new DenseLayer[shapes.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            (int inputs, int outputs, Activation activation) = shapes[i];
            reader.Claim(LayerObjectBytes + (new PanelLayout(inputs, outputs).Length * sizeof(float)));
            layers[i] = new DenseLayer(inputs, outputs, activation);
            ReadParameters(reader, layers[i], $"layer {i + 1} of its network has a weight");
        }
        return new Network(layers);
    }

    /// <summary>Goes by pieces of a row: a layer of a million features would not fit in memory twice on some machines.</summary>
    private static void WriteWeights(BinaryWriter writer, DenseLayer layer)
    {
        float[] piece = new float[Math.Min(FloatsPerBlock, layer.Inputs)];
        for (int output = 0; output < layer.Outputs; output++)
            for (int first = 0; first < layer.Inputs; first += FloatsPerBlock)
            {
                Span<float> weights = piece.AsSpan(0, Math.Min(FloatsPerBlock, layer.Inputs - first));
                layer.CopyWeights(output, first, weights);
                WriteFloats(writer, weights);
            }
    }

    private static void ReadWeights(ModelReader reader, DenseLayer layer, string number)
    {
        float[] piece = new float[Math.Min(FloatsPerBlock, layer.Inputs)];
        for (int output = 0; output < layer.Outputs; output++)
            for (int first = 0; first < layer.Inputs; first += FloatsPerBlock)
            {
                Span<float> weights = piece.AsSpan(0, Math.Min(FloatsPerBlock, layer.Inputs - first));
                reader.ReadFloats(weights, number);
                layer.SetWeights(output, first, weights);
            }
    }

    internal static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            writer.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        foreach (float value in values)
            writer.Write(value);
    }
}
