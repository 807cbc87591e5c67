using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Watches the numbers of a label while its rows are read: which slots have another number than before, and which have none at all.</summary>
/// <param name="column">The label column.</param>
/// <param name="slots">The numbers of a row.</param>
internal sealed class LabelSpread(DataViewSchema.Column column, int slots)
{
    private const int SlotsInMessages = 10;
    private readonly float[] _first = [.. Enumerable.Repeat(float.NaN, slots)];
    private readonly bool[] _varies = new bool[slots];

    /// <summary>The slots that were missing, NaN, in all rows.</summary>
    public int[] NeverKnown => [.. Enumerable.Range(0, slots).Where(slot => float.IsNaN(_first[slot]))];

    private int[] Constant => [.. Enumerable.Range(0, slots).Where(slot => !_varies[slot] && !float.IsNaN(_first[slot]))];

    /// <summary>Takes note of the numbers of a row.</summary>
    public void Add(ReadOnlySpan<float> numbers)
    {
        for (int slot = 0; slot < slots; slot++)
        {
            float number = numbers[slot];
            if (float.IsNaN(_first[slot])) _first[slot] = number;
            else if (number != _first[slot] && !float.IsNaN(number)) _varies[slot] = true;
        }
    }

    /// <summary>Warns of what cannot be learnt.</summary>
    public void Report(IChannel channel)
    {
        if (NeverKnown is { Length: > 0 } never && never.Length < slots)
            channel.Warning(MessageSensitivity.Schema, $"Label column '{column.Name}' is missing in all training rows in {Describe(never, _ => "")}: nothing " +
                $"can be learnt of it, and the model's prediction of it is NaN. Leave it out of the label.");
        if (Constant is not { Length: > 0 } constant)
            return;
        string where = column.Type is Data.VectorDataViewType
            ? $"the same in all training rows in {Describe(constant, slot => $" ({Text(slot)})")}"
            : $"{Text(0)} in all training rows";
        channel.Warning(MessageSensitivity.UserData, $"Label column '{column.Name}' is {where}: the model predicts that, whatever the features are. If it " +
            $"should differ, look at how the column is made.");
    }

    private string Text(int slot) => _first[slot].ToString(CultureInfo.InvariantCulture);

    private string Describe(int[] which, Func<int, string> value)
    {
        string[]? names = SlotNames.Read(column);
        string list = string.Join(", ", which.Take(SlotsInMessages)
            .Select(slot => $"slot {slot}{(names?[slot] is { Length: > 0 } name ? $" '{name}'" : "")}{value(slot)}"));
        return which.Length > SlotsInMessages ? $"{list} and {which.Length - SlotsInMessages} more" : list;
    }
}
