namespace Microsoft.ML.SimpleNn;

/// <summary>
/// L-BFGS (Nocedal and Wright 2006, Numerical Optimization, algorithm 7.5): a quasi-Newton method for small tables. Each epoch is one iteration: from the
/// gradient over all training rows and the last few changes of weights and gradient comes a direction, along which a line search
/// finds a step that meets the strong Wolfe conditions (algorithms 3.5 and 3.6).
/// </summary>
/// <remarks>
/// The line search chooses the length of the step: learning rate and schedule are ignored. The size of a minibatch decides how many rows are computed on
/// at a time, and the result only by rounding. An iteration passes over the rows once, or a few times when the first step does not do.
/// An L1 penalty is not smooth, and where a weight comes to 0 the search may end early. What changes the loss or the
/// gradient from step to step (dropout, clipping, max-norm) is refused by the training loop. A time budget is looked at after each iteration.
/// </remarks>
public sealed class LbfgsOptimizer : Optimizer, IFullBatchMethod
{
    /// <summary>Creates the optimizer with a memory of 10 changes, gradient tolerance 1e-5 and progress tolerance 1e-7.</summary>
    public LbfgsOptimizer()
        : base(learningRate: 1)
    {
    }

    /// <summary>How many of the last changes make the direction. Range: 1 or more. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MemorySize
    {
        get;
        init
        {
            if (value < 1) throw OutOfRange.Exception(nameof(MemorySize), value, $"{nameof(MemorySize)} must be 1 or more.");
            field = value;
        }
    }
    = 10;

    /// <summary>The run has converged when the norm of the gradient is at most this. Range: 0 or more, and finite. Default: 1e-5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double GradientTolerance
    {
        get;
        init => field = CheckTolerance(value, nameof(GradientTolerance));
    }
    = 1e-5;

    /// <summary>
    /// The run has converged when an iteration lowers the loss, penalties included, by at most this fraction of it. Range: 0 or more, and finite. Default:
    /// 1e-7.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double ProgressTolerance
    {
        get;
        init => field = CheckTolerance(value, nameof(ProgressTolerance));
    }
    = 1e-7;

    internal override int SlotCount => 0;

    internal override OptimizerKind Kind => OptimizerKind.Lbfgs;

    /// <summary>What is remembered belongs to the search; nothing is for a weight alone, nor learned but weights.</summary>
    internal override OptimizerState CreateState(Network network, bool sparse, bool learnsGains = true) =>
        base.CreateState(network, sparse: false, learnsGains: false);

    LbfgsSearch IFullBatchMethod.Search(IObjective objective, double[] start) => new(this, objective, start);

    private protected override void Apply(in OptimizerStep step) =>
        throw new NotSupportedException("L-BFGS needs the loss of all rows at several points for a step: train with TrainingLoop.Run.");

    private static double CheckTolerance(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw OutOfRange.Exception(name, value, $"{name} must be 0 or more, and finite.");
        return value;
    }
}
