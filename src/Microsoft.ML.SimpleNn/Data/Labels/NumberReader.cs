using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads a label of a number, or of several: a vector. NaN is a missing number; a row without any is left out. A single number can be the target of
/// several outputs, the quantiles.
/// </summary>
internal sealed class NumberReader : TargetReader
{
    private readonly IExceptionContext _context;
    private readonly Loss _loss;
    private readonly LabelSpread _spread;
    private ColumnReader<float>? _numbers;
    private VectorReader<float>? _vectors;
    private VBuffer<float> _vector;
    private string _data = "";

    /// <summary>Prepares to read.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="column">The label column, Single or a vector of Single of known size.</param>
    /// <param name="loss">The loss that the numbers are for.</param>
    public NumberReader(IExceptionContext context, DataViewSchema.Column column, Loss loss)
    {
        _context = context;
        _loss = loss;
        Column = column;
        IsVector = column.Type is VectorDataViewType;
        Outputs = column.Type is VectorDataViewType vector ? vector.Size : loss.OutputsPerNumber;
        _spread = new LabelSpread(column, IsVector ? Outputs : 1);
    }

    public override DataViewSchema.Column Column { get; }

    public override int TargetsPerRow => Outputs;

    public override int Outputs { get; }

    public override string[]? OutputNames => IsVector ? SlotNames.Read(Column) : null;

    public override int[] NeverKnown => _spread.NeverKnown;

    /// <summary>Whether the score is a vector too.</summary>
    public bool IsVector { get; }

    public override void Bind(string data, DataViewRow cursor)
    {
        _data = data;
        if (IsVector) _vectors = new(_context.Except, "Label column", data, Column, cursor);
        else _numbers = new(data, Column, cursor);
    }

    public override bool TryRead(long row, Span<float> targets)
    {
        if (IsVector)
        {
            _vectors!.Read(row, ref _vector);
            _vector.CopyTo(targets);
        }
        else
        {
            float number = 0;
            _numbers!.Read(row, ref number);
            targets.Fill(number);
        }

        bool any = false;
        for (int slot = 0; slot < targets.Length; slot++)
        {
            float target = targets[slot];
            if (float.IsInfinity(target) || (target < 0 && _loss == Loss.Poisson) || (target is < 0 or > 1
                && _loss == Loss.SigmoidCrossEntropy)) throw Unusable(row, slot, target);
            any |= !float.IsNaN(target);
        }

        _spread.Add(targets);
        return any;
    }

    public override void CheckTrainingTargets(IExceptionContext context, IChannel channel) => _spread.Report(channel);

    public override void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
        if ((training as NumberReader)?.IsVector != IsVector || training.Outputs != Outputs)
            throw context.Except($"Label column '{Column.Name}' is {Column.Type} in the validation data and {training.Column.Type} in the training data: " +
                $"prepare both with the same pipeline.");
    }

    private Exception Unusable(long row, int slot, float value)
    {
        string place = IsVector ? FormattableString.Invariant($", slot {slot}") : "";
        string found = FormattableString.Invariant($"Label column '{Column.Name}' has {value} in row {row} of the {_data} (counted from 1){place}");
        return float.IsInfinity(value) ? _context.Except($"{found}: correct the value, or make it NaN, which leaves it out.")
            : _loss == Loss.Poisson ? _context.Except($"{found}, but Loss.Poisson is for counts and rates, 0 or more: take another loss, for example " +
                $"Loss.SquaredError.")
            : _context.Except($"{found}, but Loss.SigmoidCrossEntropy is for labels from 0 to 1: take another loss, for example Loss.SquaredError.");
    }
}
