using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of a network and its training history, little-endian:
/// <code>
/// int32  version of this form, 1
/// int32  number of layers;  for each: int32 inputs, int32 outputs, byte activation
/// for each layer: float32 weights [outputs x inputs] row-major, float32 biases [outputs]
/// history, see TrainingHistoryFormat
/// </code>
/// A file is untrusted: each size is checked against the limits and the bytes that are left before anything is allocated
/// for it, and what is wrong is told in a <see cref="FormatException"/>.
/// </summary>
internal static class NetworkFormat
{
    private const int Version = 1;
    private const int LayerHeaderBytes = (2 * sizeof(int)) + 1;
    private const int FloatsPerBlock = 4096;

    /// <summary>Writes a network and its history.</summary>
    public static void Write(BinaryWriter writer, Network network, TrainingHistory history)
    {
        writer.Write(Version);
        writer.Write(network.Layers.Count);
        foreach (DenseLayer layer in network.Layers)
        {
            writer.Write(layer.Inputs);
            writer.Write(layer.Outputs);
            writer.Write((byte)layer.Activation);
        }
        foreach (DenseLayer layer in network.Layers)
        {
            WriteWeights(writer, layer);
            WriteFloats(writer, layer.GetBiases());
        }
        TrainingHistoryFormat.Write(writer, history);
    }

    /// <summary>Reads a network and its history from a stream that can seek.</summary>
    /// <exception cref="FormatException">The bytes are not those of a network; the message says what is wrong.</exception>
    public static (Network Network, TrainingHistory History) Read(BinaryReader reader)
    {
        try
        {
            int version = reader.ReadInt32();
            if (version != Version)
                throw Damaged($"its network is of format version {version}, and this version of the library reads {Version}");
            Network network = ReadLayers(reader, ReadShapes(reader));
            return (network, TrainingHistoryFormat.Read(reader));
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
            ReadWeights(reader, layers[i], i);
            float[] biases = new float[outputs];
            ReadFloats(reader, biases, i);
            layers[i].SetBiases(biases);
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

    private static void ReadWeights(BinaryReader reader, DenseLayer layer, int layerIndex)
    {
        float[] piece = new float[Math.Min(FloatsPerBlock, layer.Inputs)];
        for (int output = 0; output < layer.Outputs; output++)
            for (int first = 0; first < layer.Inputs; first += FloatsPerBlock)
            {
                Span<float> weights = piece.AsSpan(0, Math.Min(FloatsPerBlock, layer.Inputs - first));
                ReadFloats(reader, weights, layerIndex);
                layer.SetWeights(output, first, weights);
            }
    }

    private static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            writer.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        foreach (float value in values)
            writer.Write(value);
    }

    private static void ReadFloats(BinaryReader reader, Span<float> values, int layer)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (ref float value in values)
        {
            if (!BitConverter.IsLittleEndian)
                value = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value)));
            if (!float.IsFinite(value))
                throw Damaged($"layer {layer + 1} of its network has a weight that is not a finite number");
        }
    }
}
