using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of an optimizer's state, little-endian:
/// <code>
/// byte    kind of optimizer;  byte floats for each weight, 0 to 3
/// int64   steps taken;  float64 beta1^steps, float64 beta2^steps (1 for optimizers other than Adam)
/// for each layer, for each of those floats: float32 [outputs x inputs] row-major, float32 [outputs], as weights and biases are written
/// from version 3 of the network's form on: byte 1 where the gains of the input stage were learned, else 0; if so, for each of those floats: float32 [inputs]
/// </code>
/// </summary>
internal static class OptimizerStateFormat
{
    private const int MostSlots = 3;

    /// <summary>Writes a state.</summary>
    public static void Write(BinaryWriter writer, OptimizerState state, Network network)
    {
        writer.Write((byte)state.Kind);
        writer.Write((byte)state.SlotCount);
        writer.Write(state.StepCount);
        writer.Write(state.FirstPower);
        writer.Write(state.SecondPower);
        for (int i = 0; i < network.Layers.Count; i++)
            foreach (DenseLayer slot in state.SlotLayers(i))
                NetworkFormat.WriteParameters(writer, slot);
        writer.Write(state.Gains is not null);
        foreach (AlignedBuffer slot in state.Gains?.Slots ?? [])
            NetworkFormat.WriteFloats(writer, slot.Span[..network.Layers[0].Inputs]);
    }

    /// <summary>Reads a state of a network.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="network">The network.</param>
    /// <param name="hasGains">Whether the form is one that says whether gains were learned.</param>
    /// <exception cref="FormatException">The bytes are not those of such a state.</exception>
    public static OptimizerState Read(BinaryReader reader, Network network, bool hasGains)
    {
        (byte kind, byte slots) = (reader.ReadByte(), reader.ReadByte());
        if (!Enum.IsDefined((OptimizerKind)kind) || slots > MostSlots)
            throw NetworkFormat.Damaged($"its optimizer is of the unknown kind {kind} with {slots} numbers for each weight");
        (long steps, double firstPower, double secondPower) = (reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
        if (steps < 0 || !(firstPower is >= 0 and <= 1) || !(secondPower is >= 0 and <= 1))
            throw NetworkFormat.Damaged(FormattableString.Invariant($"its optimizer has taken {steps} steps, with the powers {firstPower} and {secondPower}"));
        long bytes = network.ParameterCount * slots * sizeof(float);
        if (bytes > NetworkFormat.BytesLeft(reader))
            throw NetworkFormat.Damaged($"its optimizer's state takes {bytes} bytes, and {NetworkFormat.BytesLeft(reader)} are left in the file");

        var state = new OptimizerState(network, (OptimizerKind)kind, slots);
        state.Restore(steps, firstPower, secondPower);
        for (int i = 0; i < network.Layers.Count; i++)
            foreach (DenseLayer slot in state.SlotLayers(i))
                NetworkFormat.ReadParameters(reader, slot, "its optimizer's state has a number");
        if (hasGains && reader.ReadByte() != 0)
            ReadGains(reader, state, network);
        return state;
    }

    private static void ReadGains(BinaryReader reader, OptimizerState state, Network network)
    {
        int inputs = network.Layers[0].Inputs;
        if (network.InputStage is null)
            throw NetworkFormat.Damaged("its optimizer has learned gains of an input stage that is not there");
        if ((long)inputs * state.SlotCount * sizeof(float) > NetworkFormat.BytesLeft(reader))
            throw NetworkFormat.Damaged("the file ends too early");
        state.LearnGains();
        foreach (AlignedBuffer slot in state.Gains!.Slots)
            NetworkFormat.ReadFloats(reader, slot.Span[..inputs], "its optimizer's state has a number");
    }
}
