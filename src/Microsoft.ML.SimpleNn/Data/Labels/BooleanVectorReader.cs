using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a label of several yes-or-no answers, a vector of Boolean, as 1 for true and 0 for false; a Boolean is never missing.</summary>
/// <param name="context">Where errors come from.</param>
/// <param name="column">The label column.</param>
internal sealed class BooleanVectorReader(IExceptionContext context, DataViewSchema.Column column) : TargetReader
{
    private VectorReader<bool>? _reader;
    private readonly LabelSpread _spread = new(column, ((VectorDataViewType)column.Type).Size);
    private VBuffer<bool> _row;

    public override DataViewSchema.Column Column => column;

    public override int TargetsPerRow => Outputs;

    public override int Outputs { get; } = ((VectorDataViewType)column.Type).Size;

    public override string[]? OutputNames => SlotNames.Read(column);

    public override void Bind(string data, DataViewRow cursor) => _reader = new(context.Except, "Label column", data, column, cursor);

    public override bool TryRead(long row, Span<float> targets)
    {
        _reader!.Read(row, ref _row);
        targets.Clear();
        foreach (KeyValuePair<int, bool> answer in _row.Items()) targets[answer.Key] = answer.Value ? 1 : 0;
        _spread.Add(targets);
        return true;
    }

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel) => _spread.Report(channel);

    public override void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
        if (training.Outputs != Outputs)
            throw context.Except($"Label column '{Column.Name}' has {Outputs} labels in the validation data and {training.Outputs} in the training data: " +
                $"prepare both with the same pipeline.");
    }
}
