namespace Microsoft.ML.SimpleNn;

/// <summary>Makes an objective small, an iteration at a time (Nocedal and Wright 2006, algorithm 7.5).</summary>
internal sealed class LbfgsSearch : IResumable
{
    private readonly LbfgsOptimizer _optimizer;
    private readonly IObjective _objective;
    private readonly LbfgsMemory _memory;
    private double[] _gradient;

    /// <summary>Starts a search.</summary>
    /// <param name="optimizer">The settings.</param>
    /// <param name="objective">What is made small; it is evaluated at the start.</param>
    /// <param name="start">The variables to start from.</param>
    public LbfgsSearch(LbfgsOptimizer optimizer, IObjective objective, double[] start)
    {
        _optimizer = optimizer;
        _objective = objective;
        _memory = new LbfgsMemory(optimizer.MemorySize);
        _gradient = new double[start.Length];
        X = start;
        Value = objective.Evaluate(X, _gradient);
    }

    /// <summary>The variables.</summary>
    public double[] X { get; private set; }

    /// <summary>The objective there.</summary>
    public double Value { get; private set; }

    /// <summary>The length of the last step in units of its direction; 0 where there was none.</summary>
    public double Step { get; private set; }

    /// <summary>Whether the gradient, or the progress of the last iteration, is within the tolerance, or no lower value was found along the gradient.</summary>
    public bool HasConverged { get; private set; }

    /// <summary>Goes to a lower value.</summary>
    public void Iterate()
    {
        Step = 0;
        HasConverged = DoubleVector.Norm(_gradient) <= _optimizer.GradientTolerance;
        if (HasConverged) return;

        if (!TryMove())
        {
            // What is remembered may mislead where the function is not smooth, or as flat as its rounding. Steepest descent is the last resort.
            bool canRetry = !_memory.IsEmpty;
            _memory.Clear();
            if (!canRetry || !TryMove()) HasConverged = true;
        }
    }

    public void Transfer(StateTransfer state)
    {
        (double value, double step, bool hasConverged) = (Value, Step, HasConverged);
        state.Value(ref value);
        state.Value(ref step);
        state.Flag(ref hasConverged);
        (Value, Step, HasConverged) = (value, step, hasConverged);
        state.Items<double>(X, "variables");
        state.Items<double>(_gradient, "numbers of the gradient");
        _memory.Transfer(state, X.Length);
    }

    private bool TryMove()
    {
        double[] direction = _memory.Direction(_gradient);
        double slope = DoubleVector.Dot(_gradient, direction);
        if (!(slope < 0)) return false;

        // Steepest descent knows no scale: its first step is of length 1 or less. A quasi-Newton direction has its own.
        double firstStep = _memory.IsEmpty ? Math.Min(1, 1 / DoubleVector.Norm(_gradient)) : 1;
        var search = new LineSearch(_objective, X, Value, direction, slope);
        if (search.Run(firstStep) is not { } found) return false;

        _memory.Add(X, search.X, _gradient, search.Gradient);
        HasConverged = Value - found.Value <= _optimizer.ProgressTolerance * Math.Abs(Value)
            || DoubleVector.Norm(search.Gradient) <= _optimizer.GradientTolerance;
        (X, _gradient, Value, Step) = (search.X, search.Gradient, found.Value, found.Step);
        return true;
    }
}
