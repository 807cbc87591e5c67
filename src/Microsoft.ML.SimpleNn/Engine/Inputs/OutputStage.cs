namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What is done to the last layer's outputs z in scoring: y = scale z + offset for each output. It brings a number back to the unit of the label, and is the inverse of a
/// temperature for classes. Training and validation work on z; the stage is not folded into the last layer, whose sums would lose the digits of a label far from zero.
/// </summary>
public sealed class OutputStage
{
    private readonly double[] _scale, _offset;

    /// <summary>Creates a stage.</summary>
    /// <param name="scale">The factor of each output; finite numbers.</param>
    /// <param name="offset">What is added to each; finite numbers, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public OutputStage(ReadOnlySpan<double> scale, ReadOnlySpan<double> offset)
    {
        if (scale.Length != offset.Length) throw new ArgumentException($"There are {scale.Length} factors, but {offset.Length} offsets.", nameof(offset));
        foreach (double number in (ReadOnlySpan<double>)[.. scale, .. offset])
        {
            if (!double.IsFinite(number)) throw new ArgumentException($"A factor or an offset is {number}; they must be finite.", nameof(scale));
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

    /// <summary>Changes a row of outputs, in place.</summary>
    internal void Apply(Span<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++) outputs[i] = (float)(_scale[i] * outputs[i] + _offset[i]);
    }
}
