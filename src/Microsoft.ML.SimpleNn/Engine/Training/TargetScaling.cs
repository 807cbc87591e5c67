namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Standardisation of the targets inside the network, so that no unit (dollars, grams) makes a loss too large or too small for the learning rate:
/// training sees (t - mean) / deviation, and the network's <see cref="OutputStage"/> gives targets as they are.
/// For <see cref="Loss.Poisson"/>, whose outputs are logarithms, training sees t / mean.
/// </summary>
internal sealed class TargetScaling
{
    /// <summary>The smallest normal number in single precision, 2^-126.</summary>
    private const double SmallestNormal = 1.1754943508222875e-38;

    private readonly bool _logarithmic;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private TargetScaling(bool logarithmic, double[] mean, double[] deviation)
    {
        _logarithmic = logarithmic;
        _mean = mean;
        _deviation = deviation;
    }

    /// <summary>Measures the targets of rows, each row counting with its weight; targets that are NaN are left out.</summary>
    /// <returns>The scaling, or null where the loss's targets must stay as they are.</returns>
    public static TargetScaling? Measure(ExampleSource examples, TargetUnit unit)
    {
        if (unit == TargetUnit.AsGiven) return null;
        (double[] mean, double[] deviation) = examples.MeasureTargets();
        for (int target = 0; target < mean.Length; target++)
        {
            if (unit != TargetUnit.DividedByMean) continue;
            if (!(mean[target] > 0)) mean[target] = 1;
            if (mean[target] < SmallestNormal)
                throw new ArgumentException(FormattableString.Invariant($"The mean of target {target} is {mean[target]}, but e^output, the prediction, can be no smaller than {SmallestNormal:G2}: give the targets in another unit, in which they are larger."), nameof(examples));
        }

        return new TargetScaling(unit == TargetUnit.DividedByMean, mean, deviation);
    }

    /// <summary>The scaling that a network was trained with, which its output stage reverses; null where the loss's targets must stay as they are.</summary>
    public static TargetScaling? Of(OutputStage stage, TargetUnit unit) => unit switch
    {
        TargetUnit.AsGiven => null,
        TargetUnit.DividedByMean => new TargetScaling(logarithmic: true, [.. stage.Offset.Select(Kernels.ScalarMath.ExpOfAny)], [.. stage.Scale]),
        _ => new TargetScaling(logarithmic: false, [.. stage.Offset], [.. stage.Scale]),
    };

    /// <summary>Standardises the targets of a row, in place. A target that never changes has deviation 0: its mean says all of it.</summary>
    public void Apply(Span<float> targets)
    {
        for (int i = 0; i < targets.Length; i++)
            targets[i] = (float)(_logarithmic ? targets[i] / _mean[i] : (targets[i] - _mean[i]) / (_deviation[i] > 0 ? _deviation[i] : 1));
    }

    /// <summary>What gives outputs in the unit of the targets: y = deviation z + mean, of logarithms z + log mean.</summary>
    public OutputStage ToOutputStage() => _logarithmic
        ? new OutputStage([.. _mean.Select(_ => 1.0)], [.. _mean.Select(mean => Kernels.ScalarMath.Log(mean))])
        : new OutputStage(_deviation, _mean);

    /// <summary>Changes a layer that gives outputs in the unit of the targets, as networks of earlier versions have it, into one that gives standardised ones.</summary>
    public void UnfoldFrom(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
        {
            if (_logarithmic) layer.ScaleOutput(output, 1, -Kernels.ScalarMath.Log(_mean[output]));
            else if (_deviation[output] > 0) layer.ScaleOutput(output, 1 / _deviation[output], -_mean[output] / _deviation[output]);
        }
    }
}
