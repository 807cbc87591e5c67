using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a label of several yes-or-no answers, a vector of Boolean, as 1 for true and 0 for false; a Boolean is never missing.</summary>
internal sealed class BooleanVectorReader(DataViewSchema.Column column) : TargetReader
{
    private ValueGetter<VBuffer<bool>>? _get;
    private VBuffer<bool> _row;

    public override DataViewSchema.Column Column => column;

    public override int TargetsPerRow => Outputs;

    public override int Outputs { get; } = ((VectorDataViewType)column.Type).Size;

    public override void Bind(string data, DataViewRow cursor) => _get = cursor.GetGetter<VBuffer<bool>>(column);

    public override bool TryRead(long row, Span<float> targets)
    {
        _get!(ref _row);
        targets.Clear();
        foreach (KeyValuePair<int, bool> answer in _row.Items()) targets[answer.Key] = answer.Value ? 1 : 0;
        return true;
    }

    public override void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
        if (training.Outputs != Outputs)
            throw context.Except($"Label column '{Column.Name}' has {Outputs} labels in the validation data and {training.Outputs} in the training data: prepare both with the same pipeline.");
    }
}
