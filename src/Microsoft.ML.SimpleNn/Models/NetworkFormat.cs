using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of trained networks, little-endian:
/// <code>
/// int32  version of this form, 3
/// int32  number of networks, which all have the same inputs and outputs; for each:
///     int32  number of layers;  for each: int32 inputs, int32 outputs, byte activation
///     for each layer: float32 weights [outputs x inputs] row-major, float32 biases [outputs]
///     stages, see StagesFormat
///     history, see TrainingHistoryFormat
///     byte   1 where the optimizer's state follows, see OptimizerStateFormat; else 0
/// </code>
/// The first layer's inputs are those that the input stage gives. Version 2 has no stages, and version 1 one network without its number and the last byte; both are read too.
/// A file is untrusted: each size is checked against the limits and the bytes that are left before anything is allocated
/// for it, and what is wrong is told in a <see cref="FormatException"/>.
/// </summary>
internal static class NetworkFormat
{
    private const int Version = 3;
    private const int VersionWithoutStages = 2;
    private const int VersionOfOneNetwork = 1;
    private const int LayerHeaderBytes = (2 * sizeof(int)) + 1;
    private const int FloatsPerBlock = 4096;

    /// <summary>Writes the networks of a model.</summary>
    public static void Write(BinaryWriter writer, IReadOnlyList<TrainedNetwork> networks)
    {
        writer.Write(Version);
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

    /// <summary>Reads the networks of a model from a stream that can seek.</summary>
    /// <exception cref="FormatException">The bytes are not those of networks; the message says what is wrong.</exception>
    public static IReadOnlyList<TrainedNetwork> Read(BinaryReader reader)
    {
        try
        {
            int version = reader.ReadInt32();
            if (version is < VersionOfOneNetwork or > Version)
                throw Damaged($"its network is of format version {version}, and this version of the library reads {VersionOfOneNetwork} to {Version}");
            if (version == VersionOfOneNetwork)
                return [new(ReadNetwork(reader), TrainingHistoryFormat.Read(reader, member: 1), OptimizerState: null)];
            int count = reader.ReadInt32();
            if (count < 1 || count > NetworkLimits.EnsembleSize)
                throw Damaged($"it has {count} networks, the range is 1 to {NetworkLimits.EnsembleSize}");
            var networks = new TrainedNetwork[count];
            for (int i = 0; i < count; i++)
            {
                networks[i] = ReadTrained(reader, member: i + 1, hasStages: version > VersionWithoutStages);
                if ((networks[i].Network.Inputs, networks[i].Network.Outputs) != (networks[0].Network.Inputs, networks[0].Network.Outputs))
                    throw Damaged($"network {i + 1} has {networks[i].Network.Inputs} inputs and {networks[i].Network.Outputs} outputs, and the first {networks[0].Network.Inputs} and {networks[0].Network.Outputs}");
            }
            return networks;
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("The model cannot be read: the file ends too early.", e);
        }
    }

    /// <summary>The error for a model that cannot be read.</summary>
    internal static FormatException Damaged(string what) => new($"The model cannot be read: {what}.");

    /// <summary>How many bytes the stream has left.</summary>
    internal static long BytesLeft(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;

    /// <summary>Writes the weights [outputs x inputs], row-major, and the biases [outputs].</summary>
    internal static void WriteParameters(BinaryWriter writer, DenseLayer layer)
    {
        WriteWeights(writer, layer);
        WriteFloats(writer, layer.GetBiases());
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="layer">Takes them.</param>
    /// <param name="number">What one of them is, for messages: the beginning of a sentence about it.</param>
    internal static void ReadParameters(BinaryReader reader, DenseLayer layer, string number)
    {
        ReadWeights(reader, layer, number);
        float[] biases = new float[layer.Outputs];
        ReadFloats(reader, biases, number);
        layer.SetBiases(biases);
    }

    private static TrainedNetwork ReadTrained(BinaryReader reader, int member, bool hasStages)
    {
        Network network = ReadNetwork(reader);
        if (hasStages)
            StagesFormat.Read(reader, network);
        TrainingHistory history = TrainingHistoryFormat.Read(reader, member);
        byte hasState = reader.ReadByte();
        return hasState switch
        {
            0 => new TrainedNetwork(network, history, OptimizerState: null),
            1 => new TrainedNetwork(network, history, OptimizerStateFormat.Read(reader, network, hasStages)),
            _ => throw Damaged($"the byte that says whether the optimizer's state follows is {hasState}"),
        };
    }

    private static Network ReadNetwork(BinaryReader reader) => ReadLayers(reader, ReadShapes(reader));

    private static (int Inputs, int Outputs, Activation Activation)[] ReadShapes(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 1 || count > NetworkLimits.HiddenLayers + 1)
            throw Damaged($"its network has {count} layers, the range is 1 to {NetworkLimits.HiddenLayers + 1}");
        if ((long)count * LayerHeaderBytes > BytesLeft(reader))
            throw Damaged("the file ends too early");
        var shapes = new (int Inputs, int Outputs, Activation Activation)[count];
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            (int inputs, int outputs, byte activation) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadByte());
            if (inputs < 1 || outputs < 1 || !NetworkLimits.Allow(inputs, outputs))
                throw Damaged($"layer {i + 1} of its network has {inputs} inputs and {outputs} outputs");
            if (i > 0 && inputs != shapes[i - 1].Outputs)
                throw Damaged($"layer {i + 1} of its network takes {inputs} inputs, but the layer before it gives {shapes[i - 1].Outputs}");
            if (!Enum.IsDefined((Activation)activation))
                throw Damaged($"layer {i + 1} of its network has the unknown activation {activation}");
            shapes[i] = (inputs, outputs, (Activation)activation);
            bytes += (((long)inputs * outputs) + outputs) * sizeof(float);
        }
        if (bytes > BytesLeft(reader))
            throw Damaged($"its weights take {bytes} bytes, and {BytesLeft(reader)} are left in the file");
        return shapes;
    }

    private static Network ReadLayers(BinaryReader reader, (int Inputs, int Outputs, Activation Activation)[] shapes)
    {
        var layers = new DenseLayer[shapes.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            (int inputs, int outputs, Activation activation) = shapes[i];
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

    private static void ReadWeights(BinaryReader reader, DenseLayer layer, string number)
    {
        float[] piece = new float[Math.Min(FloatsPerBlock, layer.Inputs)];
        for (int output = 0; output < layer.Outputs; output++)
            for (int first = 0; first < layer.Inputs; first += FloatsPerBlock)
            {
                Span<float> weights = piece.AsSpan(0, Math.Min(FloatsPerBlock, layer.Inputs - first));
                ReadFloats(reader, weights, number);
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

    internal static void ReadFloats(BinaryReader reader, Span<float> values, string number)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (ref float value in values)
        {
            if (!BitConverter.IsLittleEndian)
                value = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value)));
            if (!float.IsFinite(value))
                throw Damaged($"{number} that is not a finite number");
        }
    }
}
