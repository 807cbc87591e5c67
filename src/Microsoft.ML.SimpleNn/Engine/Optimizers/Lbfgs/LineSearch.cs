namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Finds a step along a direction that meets the strong Wolfe conditions: f falls by at least 1e-4 of what the first slope promises, and the slope's
/// magnitude by at least a tenth (Nocedal and Wright 2006, algorithms 3.5 and 3.6, c1 = 1e-4 and c2 = 0.9).
/// </summary>
internal sealed class LineSearch(IObjective objective, double[] start, double startValue, double[] direction, double startSlope)
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const double Expansion = 2;
    private const int MostEvaluations = 25;

    private int _evaluations;

    /// <summary>The variables at the last step tried.</summary>
    public double[] X { get; } = new double[start.Length];

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; } = new double[start.Length];

    /// <summary>Searches, and leaves <see cref="X"/> and <see cref="Gradient"/> at the step that is returned; null when there is none to be found.</summary>
    /// <param name="step">The first step to try, above 0.</param>
    public Trial? Run(double step)
    {
        var previous = new Trial(0, startValue, startSlope);
        while (_evaluations < MostEvaluations)
        {
            Trial trial = Try(step);
            if (!Decreases(trial) || (previous.Step > 0 && trial.Value >= previous.Value)) return Zoom(previous, trial);
            if (IsFlat(trial)) return trial;
            if (trial.Slope >= 0) return Zoom(trial, previous);
            previous = trial;
            step *= Expansion;
        }

        return Settle(previous);
    }

    /// <summary>Closes in on a good step between two: the one with the lower value, whose slope points to the other, and the other.</summary>
    private Trial? Zoom(Trial low, Trial high)
    {
        while (_evaluations < MostEvaluations)
        {
            Trial trial = Try(Interpolate(low, high));
            if (!Decreases(trial) || trial.Value >= low.Value)
            {
                high = trial;
                continue;
            }

            if (IsFlat(trial)) return trial;
            if (trial.Slope * (high.Step - low.Step) >= 0) high = low;
            low = trial;
        }

        return Settle(low);
    }

    /// <summary>Goes back to the lowest step found, which is not flat enough but better than none.</summary>
    private Trial? Settle(Trial lowest) => lowest.Step > 0 ? Try(lowest.Step) : null;

    /// <summary>The lowest point of the parabola through both values and the slope at the first, held to the middle four fifths of the interval.</summary>
    private static double Interpolate(Trial low, Trial high)
    {
        double width = high.Step - low.Step;
        double share = -low.Slope * width / (2 * (high.Value - low.Value - low.Slope * width));
        return low.Step + width * (double.IsFinite(share) ? Math.Clamp(share, 0.1, 0.9) : 0.5);
    }

    private Trial Try(double step)
    {
        _evaluations++;
        for (int i = 0; i < X.Length; i++) X[i] = start[i] + step * direction[i];
        double value = objective.Evaluate(X, Gradient);
        return new Trial(step, value, DoubleVector.Dot(Gradient, direction));
    }

    /// <summary>Not so for a value that is not a number: then the step was too long.</summary>
    private bool Decreases(Trial trial) => trial.Value <= startValue + SufficientDecrease * trial.Step * startSlope;

    private bool IsFlat(Trial trial) => Math.Abs(trial.Slope) <= -Curvature * startSlope;

    /// <summary>A step with the function's value and slope there.</summary>
    internal readonly record struct Trial(double Step, double Value, double Slope);
}
