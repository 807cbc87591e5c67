using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>A small network with all that a file can have, and the way to bytes and back.</summary>
internal static class NetworkFiles
{
    /// <summary>
    /// Without length and checksum: layers 3-5-2, whose 20 and 12 floats begin at byte 30 and end at byte 158, two bytes for no stages, two epochs of 45 bytes from byte 169, the
    /// optimizer's state from byte 259, and in it two floats for each weight.
    /// </summary>
    public static TrainedNetwork Sample()
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

    /// <summary>The bytes of networks.</summary>
    public static byte[] Write(params TrainedNetwork[] networks)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkFormat.Write(writer, networks);
        return stream.ToArray();
    }

    /// <summary>The networks of bytes.</summary>
    public static IReadOnlyList<TrainedNetwork> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return NetworkFormat.Read(reader);
    }
}
