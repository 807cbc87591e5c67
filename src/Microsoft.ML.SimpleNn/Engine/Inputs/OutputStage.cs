namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What is done to the last layer's outputs z in scoring: y = scale z + offset for each output. It brings a number back to the unit of the label, and is the
/// inverse of a
/// temperature for classes. Training and validation work on z; the stage is not folded into the last layer, whose sums would lose the digits of a label far
/// from zero.
/// </summary>
public sealed class OutputStage
{
    private readonly double[] _scale, _offset;

    /// <summary>Creates a stage.</summary>
    /// <param name="scale">The factor of each output; finite numbers.</param>
    /// <param name="offset">What is added to each, as many; finite numbers, or NaN for an output of which nothing is known and that is predicted as
    /// NaN.</param>
    /// <exception cref="ArgumentException">The lengths differ, a factor is not finite, or an offset infinite.</exception>
    internal OutputStage(ReadOnlySpan<double> scale, ReadOnlySpan<double> offset)
    {
        if (scale.Length != offset.Length) throw new ArgumentException($"There are {scale.Length} factors, but {offset.Length} offsets.", nameof(offset));
        foreach (double factor in scale)
        {
            if (!double.IsFinite(factor)) throw new ArgumentException(FormattableString.Invariant($"A factor is {factor}; it must be finite."), nameof(scale));
        }

        foreach (double added in offset)
        {
            if (double.IsInfinity(added))
                throw new ArgumentException(FormattableString.Invariant($"An offset is {added}; it must not be infinite."), nameof(offset));
        }

        (_scale, _offset) = (scale.ToArray(), offset.ToArray());
    }

    /// <summary>The factor of each output [outputs].</summary>
    public IReadOnlyList<double> Scale => _scale;

    /// <summary>What is added to each output [outputs].</summary>
    public IReadOnlyList<double> Offset => _offset;

    /// <summary>A stage that multiplies all outputs alike.</summary>
    internal static OutputStage OfFactor(double factor, int outputs)
    {
        double[] scale = new double[outputs];
        Array.Fill(scale, factor);
        return new OutputStage(scale, new double[outputs]);
    }

    /// <summary>Whether nothing is known of an output.</summary>
    internal bool IsUnknown(int output) => double.IsNaN(_offset[output]);

    /// <summary>The stage that leaves those outputs as they are of which something is known now.</summary>
    /// <param name="targets">The statistics of the targets.</param>
    internal OutputStage WithKnown(TargetStatistics targets)
    {
        double[] scale = [.. _scale], offset = [.. _offset];
        for (int i = 0; i < scale.Length; i++)
        {
            if (IsUnknown(i) && !double.IsNaN(targets.Mean[i])) (scale[i], offset[i]) = (1, 0);
        }

        return new OutputStage(scale, offset);
    }

    /// <summary>A stage that gives NaN for some outputs and does to the others what another one does.</summary>
    /// <param name="stage">The other one; null for nothing.</param>
    /// <param name="outputs">The outputs in all.</param>
    /// <param name="unknown">Those that are to be NaN.</param>
    internal static OutputStage WithUnknown(OutputStage? stage, int outputs, int[] unknown)
    {
        stage ??= OfFactor(1, outputs);
        double[] scale = [.. stage._scale], offset = [.. stage._offset];
        foreach (int output in unknown) (scale[output], offset[output]) = (0, double.NaN);
        return new OutputStage(scale, offset);
    }

    /// <summary>The stage of outputs in another order.</summary>
    /// <param name="order">Which output of this stage becomes each output.</param>
    internal OutputStage InOrder(int[] order) => new(Array.ConvertAll(order, from => _scale[from]), Array.ConvertAll(order, from => _offset[from]));

    /// <summary>Changes a row of outputs, in place.</summary>
    internal void Apply(Span<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++) outputs[i] = (float)(_scale[i] * outputs[i] + _offset[i]);
    }
}
