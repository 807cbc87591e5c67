namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Standardisation of the targets inside the network, so that no unit (dollars, grams) makes a loss too large or too small for the learning rate:
/// training sees (t - mean) / deviation, and at the end both go into the last layer, so that the finished network gives targets as they are.
/// For <see cref="Loss.Poisson"/>, whose outputs are logarithms, training sees t / mean.
/// </summary>
internal sealed class TargetScaling
{
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
            if (!(deviation[target] > 0)) deviation[target] = 1; // a constant target: the mean says all of it
            if (unit == TargetUnit.DividedByMean && !(mean[target] > 0)) mean[target] = 1;
        }

        return new TargetScaling(unit == TargetUnit.DividedByMean, mean, deviation);
    }

    /// <summary>Standardises the targets of a row, in place.</summary>
    public void Apply(Span<float> targets)
    {
        for (int i = 0; i < targets.Length; i++)
            targets[i] = (float)(_logarithmic ? targets[i] / _mean[i] : (targets[i] - _mean[i]) / _deviation[i]);
    }

    /// <summary>Changes a layer that gives standardised outputs into one that gives them in the unit of the targets: w' = deviation w, b' = deviation b + mean.</summary>
    public void FoldInto(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
        {
            if (_logarithmic) layer.ScaleOutput(output, 1, Kernels.ScalarMath.Log((float)_mean[output]));
            else layer.ScaleOutput(output, _deviation[output], _mean[output]);
        }
    }

    /// <summary>The reverse of <see cref="FoldInto"/>, to go on training a finished network.</summary>
    public void UnfoldFrom(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
        {
            if (_logarithmic) layer.ScaleOutput(output, 1, -Kernels.ScalarMath.Log((float)_mean[output]));
            else layer.ScaleOutput(output, 1 / _deviation[output], -_mean[output] / _deviation[output]);
        }
    }
}
