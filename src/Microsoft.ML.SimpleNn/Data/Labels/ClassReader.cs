using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a label of key type as the index of the class, 0 for the key 1; the key 0 is a missing label.</summary>
internal sealed class ClassReader : TargetReader
{
    private readonly long[] _examples;
    private Func<long, ulong>? _readKey;

    public ClassReader(IExceptionContext context, DataViewSchema.Column column)
    {
        Column = column;
        ulong count = ((KeyDataViewType)column.Type).Count;
        if (count > NetworkLimits.Classes)
            throw context.Except($"Label column '{column.Name}' is a key of {count} values, but a network may have at most {NetworkLimits.Classes} classes: " +
                $"map the labels that occur in the data to keys with {ColumnKinds.ToKey(column.Name)}.");
        _examples = new long[count];
    }

    public override DataViewSchema.Column Column { get; }

    public override int TargetsPerRow => 1;

    public override int Outputs => _examples.Length;

    public override bool TargetsAreClasses => true;

    /// <summary>The mapped values; the keys themselves, counted from 1, where there are none.</summary>
    public override string[] ClassNames =>
        KeyNames.Read(Column, Outputs) ?? [.. Enumerable.Range(1, Outputs).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    public override string[]? OutputNames => KeyNames.Read(Column, Outputs);

    public override void Bind(string data, DataViewRow cursor) => _readKey = Column.Type.RawType switch
    {
        var type when type == typeof(byte) => Reader<byte>(data, cursor),
        var type when type == typeof(ushort) => Reader<ushort>(data, cursor),
        var type when type == typeof(ulong) => Reader<ulong>(data, cursor),
        _ => Reader<uint>(data, cursor),
    };

    public override bool TryRead(long row, Span<float> targets)
    {
        ulong key = _readKey!(row);
        // A key above the declared count is missing too, as it is wherever ML.NET converts keys.
        if (key == 0 || key > (ulong)_examples.Length)
            return false;
        _examples[key - 1]++;
        targets[0] = key - 1;
        return true;
    }

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
        int[] present = Classes(withExamples: true);
        if (present.Length < 2)
            throw context.Except($"All rows with a label in column '{Column.Name}' are of one class, {Describe(present)}: a classifier needs rows of two " +
                $"classes or more.");
        int[] absent = Classes(withExamples: false);
        if (absent.Length > 0)
            channel.Warning(MessageSensitivity.UserData, $"Label column '{Column.Name}' declares {_examples.Length} classes; no training row is of " +
                $"{Describe(absent)}. The model can hardly predict {(absent.Length == 1 ? "it" : "them")}.");
    }

    public override void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
        if (training.Outputs != Outputs)
            throw context.Except($"Label column '{Column.Name}' has {Outputs} classes in the validation data and {training.Outputs} in the training data: " +
                $"prepare both with the same fitted MapValueToKey.");
        string[]? names = KeyNames.Read(Column, Outputs), trainingNames = KeyNames.Read(training.Column, Outputs);
        if (names is null || trainingNames is null)
            return;
        for (int i = 0; i < names.Length; i++)
            if (names[i] != trainingNames[i])
                throw context.Except($"Class {i + 1} of label column '{Column.Name}' is '{names[i]}' in the validation data and '{trainingNames[i]}' in the " +
                    $"training data: prepare both with the same fitted MapValueToKey.");
    }

    private Func<long, ulong> Reader<T>(string data, DataViewRow cursor)
        where T : IBinaryInteger<T>
    {
        var reader = new ColumnReader<T>(data, Column, cursor);
        T key = T.Zero;
        return row =>
        {
            reader.Read(row, ref key);
            return ulong.CreateTruncating(key);
        };
    }

    private int[] Classes(bool withExamples) => Enumerable.Range(0, _examples.Length).Where(i => _examples[i] > 0 == withExamples).ToArray();
}
