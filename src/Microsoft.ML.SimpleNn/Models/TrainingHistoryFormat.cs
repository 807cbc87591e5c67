using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of a training history, little-endian:
/// <code>
/// byte stop reason, int32 best epoch, int32 number of epochs run
/// for each epoch: int32 epoch, int32 most epochs, float64 training loss, float64 validation loss, float64 validation
///     accuracy (NaN: there is none), float32 learning rate, byte best so far, int64 elapsed time in units of 100 ns
/// </code>
/// </summary>
internal static class TrainingHistoryFormat
{
    private const int EpochBytes = (2 * sizeof(int)) + (3 * sizeof(double)) + sizeof(float) + 1 + sizeof(long);
    private const int MemoryOfEpoch = 160;

    /// <summary>Writes a history.</summary>
    public static void Write(BinaryWriter writer, TrainingHistory history)
    {
        writer.Write((byte)history.StopReason);
        writer.Write(history.BestEpoch);
        writer.Write(history.Epochs.Count);
        foreach (EpochMetrics epoch in history.Epochs)
        {
            writer.Write(epoch.Epoch);
            writer.Write(epoch.NumberOfEpochs);
            writer.Write(epoch.TrainingLoss);
            writer.Write(epoch.ValidationLoss ?? double.NaN);
            writer.Write(epoch.ValidationAccuracy ?? double.NaN);
            writer.Write(epoch.LearningRate);
            writer.Write(epoch.IsBest);
            writer.Write(epoch.Elapsed.Ticks);
        }
    }

    /// <summary>Reads a history.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="member">Which network of the model it belongs to, counted from 1.</param>
    /// <exception cref="FormatException">The bytes are not those of a history.</exception>
    public static TrainingHistory Read(ModelReader reader, int member)
    {
        (byte stopReason, int bestEpoch, int count) = (reader.ReadByte(), reader.ReadInt32(), reader.ReadInt32());
        if (!Enum.IsDefined((StopReason)stopReason))
            throw ModelReader.Damaged($"its training ended for the unknown reason {stopReason}");
        if (count < 0 || (long)count * EpochBytes > reader.BytesLeft)
            throw ModelReader.Damaged($"its history has {count} epochs, and {reader.BytesLeft} bytes are left in the file");
        if (bestEpoch < 0 || bestEpoch > count)
            throw ModelReader.Damaged($"its best epoch is {bestEpoch} of {count}");
        reader.Claim((long)count * MemoryOfEpoch);
        var epochs = new EpochMetrics[count];
        for (int i = 0; i < count; i++)
            epochs[i] = ReadEpoch(reader, member);
        return new TrainingHistory(epochs, bestEpoch, (StopReason)stopReason);
    }

    private static EpochMetrics ReadEpoch(ModelReader reader, int member) => new()
    {
        EnsembleMember = member,
        Epoch = reader.ReadInt32(),
        NumberOfEpochs = reader.ReadInt32(),
        TrainingLoss = reader.ReadDouble(),
        ValidationLoss = NullIfNaN(reader.ReadDouble()),
        ValidationAccuracy = NullIfNaN(reader.ReadDouble()),
        LearningRate = reader.ReadSingle(),
        IsBest = reader.ReadBoolean(),
        Elapsed = new TimeSpan(reader.ReadInt64()),
    };

    private static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
}
