using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of an optimizer's state, little-endian:
/// <code>
/// byte    kind of optimizer;  byte floats for each weight, 0 to 3
/// int64   steps taken;  float64 beta1^steps, float64 beta2^steps (1 for optimizers other than Adam)
/// for each layer, for each of those floats: float32 [outputs x inputs] row-major, float32 [outputs], as weights and biases are written
/// from version 3 on: byte 1 where the gains of the input stage were learned, else 0; if so, for each of those floats: float32 [inputs]
/// </code>
/// </summary>
internal static class OptimizerStateFormat
{
    private const long MostSteps = 1L << 53;

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
    /// <exception cref="FormatException">The bytes are not those of such a state.</exception>
    public static OptimizerState Read(ModelReader reader, Network network)
    {
        (byte kind, byte slots) = (reader.ReadByte(), reader.ReadByte());
        if (!Enum.IsDefined((OptimizerKind)kind) || slots < FewestSlots((OptimizerKind)kind) || slots > MostSlots((OptimizerKind)kind))
            throw ModelReader.Damaged($"its optimizer is of the unknown kind {kind} with {slots} numbers for each weight");
        (long steps, double firstPower, double secondPower) = (reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
        if (!ArePossible((OptimizerKind)kind, steps, firstPower, secondPower))
            throw ModelReader.Damaged($"its optimizer has taken {steps} steps, with the powers {firstPower} and {secondPower}");
        long bytes = network.ParameterCount * slots * sizeof(float);
        if (bytes > reader.BytesLeft)
            throw ModelReader.Damaged($"its optimizer's state takes {bytes} bytes, and {reader.BytesLeft} are left in the file");

        reader.Claim(network.Layers.Sum(layer => layer.Layout.Length) * slots * sizeof(float));
        var state = new OptimizerState(network, (OptimizerKind)kind, slots);
        state.Restore(steps, firstPower, secondPower);
        for (int i = 0; i < network.Layers.Count; i++)
            ReadSlots(reader, state, i);
        if (reader.Version >= NetworkFormat.VersionWithStages && reader.ReadFlag("gains were learned"))
            ReadGains(reader, state, network);
        return state;
    }

    private static void ReadSlots(ModelReader reader, OptimizerState state, int layer)
    {
        int slot = 0;
        foreach (DenseLayer numbers in state.SlotLayers(layer))
        {
            NetworkFormat.ReadParameters(reader, numbers, "its optimizer's state has a number");
            CheckSquares(state.Kind, slot++, numbers.Parameters.Span, layer);
        }
    }

    private static void ReadGains(ModelReader reader, OptimizerState state, Network network)
    {
        int inputs = network.Layers[0].Inputs;
        if (network.InputStage is null)
            throw ModelReader.Damaged($"its optimizer has learned gains of an input stage that is not there");
        reader.CheckLeft((long)inputs * state.SlotCount * sizeof(float));
        reader.Claim(((long)inputs + Padding.Lanes) * (state.SlotCount + network.Layers[0].Layout.Count + 1L) * sizeof(float));
        state.LearnGains();
        for (int slot = 0; slot < state.SlotCount; slot++)
        {
            reader.ReadFloats(state.Gains!.Slots[slot].Span[..inputs], "its optimizer's state has a number");
            CheckSquares(state.Kind, slot, state.Gains.Slots[slot].Span, layer: 0);
        }
    }

    /// <summary>Adam's corrections divide by 1 - power, which no step may leave at 0; the others have no powers.</summary>
    private static bool ArePossible(OptimizerKind kind, long steps, double firstPower, double secondPower)
    {
        if (steps is < 0 or > MostSteps || !(firstPower is >= 0 and <= 1) || !(secondPower is >= 0 and <= 1))
            return false;
        return kind != OptimizerKind.Adam || (steps == 0 ? firstPower == 1 && secondPower == 1 : firstPower < 1 && secondPower < 1);
    }

    /// <summary>Throws where a mean or sum of squares, of which a step takes the root, is below 0.</summary>
    private static void CheckSquares(OptimizerKind kind, int slot, ReadOnlySpan<float> numbers, int layer)
    {
        if (!IsOfSquares(kind, slot))
            return;
        foreach (float number in numbers)
            if (number < 0)
                throw ModelReader.Damaged($"its optimizer's state has a mean of squares of layer {layer + 1} that is below 0: {number}");
    }

    private static bool IsOfSquares(OptimizerKind kind, int slot) => kind switch
    {
        OptimizerKind.AdaGrad or OptimizerKind.RmsProp or OptimizerKind.AdaDelta => true,
        OptimizerKind.Adam => slot > 0, // the first is the mean of the gradients themselves
        _ => false,
    };

    private static int FewestSlots(OptimizerKind kind) => kind switch
    {
        OptimizerKind.AdaGrad or OptimizerKind.RmsProp => 1,
        OptimizerKind.AdaDelta or OptimizerKind.Adam => 2,
        _ => 0,
    };

    private static int MostSlots(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Sgd => 1,
        OptimizerKind.Adam => 3,
        _ => FewestSlots(kind),
    };
}
