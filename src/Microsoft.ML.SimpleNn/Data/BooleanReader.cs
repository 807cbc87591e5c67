using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a Boolean label as the target 1 for true and 0 for false; a Boolean is never missing.</summary>
internal sealed class BooleanReader(DataViewSchema.Column column) : TargetReader
{
    private ValueGetter<bool>? _getLabel;
    private bool _anyTrue, _anyFalse;

    public override DataViewSchema.Column Column => column;

    public override int TargetsPerRow => 1;

    public override int Outputs => 1;

    public override bool TargetsAreClasses => true;

    public override string[] ClassNames => ["false", "true"];

    public override void Bind(string data, DataViewRow cursor) => _getLabel = cursor.GetGetter<bool>(column);

    public override bool TryRead(long row, Span<float> targets)
    {
        bool label = false;
        _getLabel!(ref label);
        _anyTrue |= label;
        _anyFalse |= !label;
        targets[0] = label ? 1 : 0;
        return true;
    }

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
        if (_anyTrue != _anyFalse)
            throw context.Except($"All rows to train on have the label {(_anyTrue ? "true" : "false")} in column '{column.Name}': a binary classifier needs rows of both classes, true and false.");
    }
}
