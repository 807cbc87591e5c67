using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The binary form of what is done to the features before a network's first layer and to the outputs after its last, little-endian:
/// <code>
/// byte    1 where there is an input stage, else 0;  if so:
///     int32   features;  byte 1 where rows were sparse, else 0;  byte 1 where features may be missing, else 0;  float64 inputs in a row
///     for each feature: byte kind, byte 1 where it has a mark, else 0
///     float32 [features] each: unit, centre, factor, inverse of the bound
///     int32   features that have pieces;  for each: int32 feature, int32 pieces, float32 [pieces] each: lower end, 1 / length, mean, 1 / deviation
///     float32 gain [inputs of the first layer]
/// byte    1 where there is an output stage, else 0;  if so:  float64 scale [outputs], float64 offset [outputs]
/// </code>
/// </summary>
internal static class StagesFormat
{
    private const int BytesOfFeature = 2 + (5 * sizeof(float));
    private const int MemoryOfFeature = 64; // while it is read, and then in the stage, about
    private const int MemoryOfInput = 10 * sizeof(float);

    /// <summary>Writes the stages of a network.</summary>
    public static void Write(BinaryWriter writer, Network network)
    {
        writer.Write(network.InputStage is not null);
        if (network.InputStage is { } inputs)
            Write(writer, inputs);
        writer.Write(network.OutputStage is not null);
        foreach (double number in network.OutputStage is { } outputs ? outputs.Scale.Concat(outputs.Offset) : [])
            writer.Write(number);
    }

    /// <summary>Reads the stages of a network and gives them to it.</summary>
    /// <exception cref="FormatException">The bytes are not those of stages of this network.</exception>
    public static void Read(ModelReader reader, Network network)
    {
        if (reader.ReadFlag("an input stage follows"))
            network.RestoreInputStage(ReadInputStage(reader, network.Layers[0].Inputs));
        if (!reader.ReadFlag("an output stage follows"))
            return;
        if (2L * network.Outputs * sizeof(double) > reader.BytesLeft)
            throw ModelReader.TooShort();
        double[] scale = new double[network.Outputs], offset = new double[network.Outputs];
        foreach (ref double number in scale.AsSpan())
            number = ReadNumber(reader);
        foreach (ref double number in offset.AsSpan())
            number = ReadOffset(reader);
        network.OutputStage = new OutputStage(scale, offset);
    }

    private static void Write(BinaryWriter writer, InputStage stage)
    {
        writer.Write(stage.Features);
        writer.Write(stage.IsSparse);
        writer.Write(stage.AcceptsMissing);
        writer.Write(stage.InputsPerRow);
        for (int feature = 0; feature < stage.Features; feature++)
        {
            writer.Write((byte)stage.Kinds[feature]);
            writer.Write(stage.HasMark(feature));
        }
        NetworkFormat.WriteFloats(writer, stage.Units);
        NetworkFormat.WriteFloats(writer, stage.Centres);
        NetworkFormat.WriteFloats(writer, stage.Factors);
        NetworkFormat.WriteFloats(writer, stage.InverseBounds);
        writer.Write(stage.BinnedCount);
        for (int feature = 0; feature < stage.Features && stage.BinnedCount > 0; feature++)
            if (stage.BinsOf(feature) is { } bins)
                Write(writer, feature, bins);
        NetworkFormat.WriteFloats(writer, stage.Gain.Span[..stage.Width]);
    }

    private static void Write(BinaryWriter writer, int feature, InputBins bins)
    {
        writer.Write(feature);
        writer.Write(bins.Count);
        foreach (float[] part in (float[][])[bins.Lower, bins.Slope, bins.Mean, bins.Scale])
            NetworkFormat.WriteFloats(writer, part);
    }

    private static InputStage ReadInputStage(ModelReader reader, int width)
    {
        int features = reader.ReadInt32();
        if (features < 1 || features > width)
            throw ModelReader.Damaged($"its input stage takes {features} features for a first layer of {width} inputs");
        bool isSparse = reader.ReadFlag("rows were sparse"), acceptsMissing = reader.ReadFlag("features may be missing");
        double inputsPerRow = ReadNumber(reader);
        if (!(inputsPerRow >= 1 && inputsPerRow <= width))
            throw ModelReader.Damaged($"its rows have {inputsPerRow} inputs of {width}");
        if ((long)features * BytesOfFeature > reader.BytesLeft)
            throw ModelReader.TooShort();
        reader.Claim(((long)features * MemoryOfFeature) + ((long)width * MemoryOfInput));
        var columns = new InputColumn[features];
        int marks = 0;
        for (int i = 0; i < features; i++)
        {
            byte kind = reader.ReadByte();
            if (!Enum.IsDefined((ColumnKind)kind))
                throw ModelReader.Damaged($"its feature {i} is of the unknown kind {kind}");
            columns[i] = new InputColumn((ColumnKind)kind, 1, 0, 0, 0, reader.ReadFlag("a feature has a mark"));
            marks += columns[i].HasMark ? 1 : 0;
        }
        float[] unit = ReadFloats(reader, features), centre = ReadFloats(reader, features);
        float[] factor = ReadFloats(reader, features), inverseBound = ReadFloats(reader, features);
        for (int i = 0; i < features; i++)
            columns[i] = columns[i] with { Unit = unit[i], Centre = centre[i], Factor = factor[i], InverseBound = inverseBound[i] };
        int pieces = ReadBins(reader, columns);
        if ((long)features + marks + pieces != width)
            throw ModelReader.Damaged($"its input stage has {features} features, {marks} marks and {pieces} pieces for a first layer of {width} inputs");
        var stage = new InputStage(columns, isSparse, inputsPerRow, acceptsMissing);
        ReadFloats(reader, width).CopyTo(stage.Gain.Span);
        stage.GainsChanged();
        CheckStage(stage);
        return stage;
    }

    /// <summary>A unit is a power of two, and a gain is divided by when the network is trained further.</summary>
    private static void CheckStage(InputStage stage)
    {
        for (int i = 0; i < stage.Features; i++)
            if (!(stage.Units[i] > 0) || stage.InverseBounds[i] < 0)
                throw ModelReader.Damaged($"its feature {i} has the unit {stage.Units[i]} and the bound's inverse {stage.InverseBounds[i]}");
        for (int i = 0; i < stage.Width; i++)
            if (stage.Gain.Span[i] == 0 || !float.IsFinite(stage.Scale[i]))
                throw ModelReader.Damaged($"the gain of its input {i} is {stage.Gain.Span[i]}, with which the input's factor is {stage.Scale[i]}");
    }

    /// <summary>Reads the pieces of numbers, and tells how many there are.</summary>
    private static int ReadBins(ModelReader reader, InputColumn[] columns)
    {
        int binned = reader.ReadInt32(), pieces = 0;
        if (binned < 0 || binned > columns.Length)
            throw ModelReader.Damaged($"{binned} of its {columns.Length} features have pieces");
        for (int i = 0, last = -1; i < binned; i++)
        {
            (int feature, int count) = (reader.ReadInt32(), reader.ReadInt32());
            if (feature <= last || feature >= columns.Length || count < 1 || 4L * count * sizeof(float) > reader.BytesLeft)
                throw ModelReader.Damaged($"its feature {feature} has {count} pieces");
            columns[feature] = columns[feature] with
            {
                Bins = InputBins.Of(ReadFloats(reader, count), ReadFloats(reader, count), ReadFloats(reader, count), ReadFloats(reader, count)),
            };
            (last, pieces) = (feature, pieces + count);
        }
        return pieces;
    }

    private static float[] ReadFloats(ModelReader reader, int count) => reader.ReadFloats(count, "its input stage has a number");

    private static double ReadNumber(ModelReader reader)
    {
        double number = reader.ReadDouble();
        return double.IsFinite(number) ? number : throw ModelReader.Damaged($"a stage of its network has a number that is not finite");
    }

    /// <summary>NaN says that nothing is known of the output.</summary>
    private static double ReadOffset(ModelReader reader)
    {
        double number = reader.ReadDouble();
        return !double.IsInfinity(number) ? number : throw ModelReader.Damaged($"a stage of its network has a number that is not finite");
    }
}
