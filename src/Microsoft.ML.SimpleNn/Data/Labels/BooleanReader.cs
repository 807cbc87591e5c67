using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a Boolean label as the target 1 for true and 0 for false; a Boolean is never missing.</summary>
internal sealed class BooleanReader(DataViewSchema.Column column) : TargetReader
{
    private ColumnReader<bool>? _reader;
    private long _true, _false;

    public override DataViewSchema.Column Column => column;

    public override int TargetsPerRow => 1;

    public override int Outputs => 1;

    public override bool TargetsAreClasses => true;

    public override string[] ClassNames => ["false", "true"];

    /// <summary>
    /// The logit of the rule of succession (P.-S. Laplace 1774), (t + 1) / (n + 2) with t of n rows true: what a cross-entropy would learn from labels of one
    /// kind is a probability of 0 or 1, of
    /// which no number of rows can make certain. OneVersusAll asks for it where a fold of the rows has none of a class.
    /// </summary>
    public override float? ConstantOutput => _true > 0 && _false > 0 ? null : (float)Math.Log((_true + 1.0) / (_false + 1.0));

    public override void Bind(string data, DataViewRow cursor) => _reader = new(data, column, cursor);

    public override bool TryRead(long row, Span<float> targets)
    {
        bool label = false;
        _reader!.Read(row, ref label);
        if (label) _true++;
        else _false++;
        targets[0] = label ? 1 : 0;
        return true;
    }

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
        if (ConstantOutput is not null)
            channel.Warning(MessageSensitivity.UserData,
                $"All rows to train on have the label {(_true > 0 ? "true" : "false")} in column '{column.Name}': " +
                FormattableString.Invariant($"the model gives the same probability of true, {(_true + 1.0) / (_true + _false + 2):G3}, for every row. ") +
                "To tell true from false it needs rows of both. Under OneVersusAll that is a class without rows.");
    }
}
