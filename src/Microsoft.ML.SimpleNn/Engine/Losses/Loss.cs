namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What training makes small: a mean over the rows of a minibatch, each row counting with its weight. A loss is joined with the function
/// that turns outputs into predictions (softmax, sigmoid), because together they have the stable and simple delta, prediction - target.
/// </summary>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>For classes that exclude each other: -log softmax(outputs)[class]. The target of a row is its class, from 0.</summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>For yes and no: -t log p - (1 - t) log(1 - p) with p = sigmoid(output) and t from 0 to 1, averaged over the outputs.</summary>
    public static Loss SigmoidCrossEntropy { get; } = new SigmoidCrossEntropyLoss(smoothing: 0);

    /// <summary>For numbers: (output - t)^2, averaged over the outputs. The best prediction is the mean.</summary>
    public static Loss SquaredError { get; } = new ElementwiseLoss<SquaredError>(default);

    /// <summary>For numbers with outliers: |output - t|, averaged over the outputs. The best prediction is the median.</summary>
    public static Loss AbsoluteError { get; } = new ElementwiseLoss<AbsoluteError>(default);

    /// <summary>For counts and rates, 0 or more: e^output - t output, averaged over the outputs; the prediction is e^output.</summary>
    public static Loss Poisson { get; } = new ElementwiseLoss<PoissonLoss>(default);

    /// <summary>
    /// For numbers with outliers: with d = output - t, d^2 / 2 where |d| is at most delta, delta (|d| - delta / 2) beyond; averaged over the outputs.
    /// </summary>
    /// <param name="delta">Where the parabola becomes a line, in the unit of the targets: above 0, and finite. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public static Loss Huber(float delta = 1)
    {
        if (!(delta > 0 && float.IsFinite(delta))) throw OutOfRange.Exception(nameof(delta), delta, $"{nameof(delta)} must be above 0, and finite.");
        return new ElementwiseLoss<HuberLoss>(new HuberLoss(delta));
    }

    /// <summary>
    /// For quantiles: p (t - output) where the output is below the target, (1 - p) (output - t) above, averaged over the outputs. The best prediction
    /// is the value that a fraction p of the targets stays below.
    /// </summary>
    /// <param name="probabilities">p: one for all outputs, or one for each; above 0, below 1. 0.05 and 0.95 bound an interval of 90 %.</param>
    /// <exception cref="ArgumentException">There is none, or one is out of range.</exception>
    public static Loss Quantile(params float[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Length == 0) throw new ArgumentException("A quantile loss needs at least one probability.", nameof(probabilities));
        foreach (float p in probabilities)
        {
            if (p is not (> 0 and < 1)) throw OutOfRange.Exception(nameof(probabilities), p, $"A probability must be above 0 and below 1.");
        }

        return new QuantileRegressionLoss(probabilities);
    }

    /// <summary>Computes the loss of a workspace's minibatch after <see cref="Network.Forward(Workspace)"/>, and the last layer's delta from it.</summary>
    /// <param name="workspace">The workspace; its last delta is written.</param>
    /// <returns>The mean over the rows of weight times loss.</returns>
    /// <exception cref="ArgumentException">
    /// The workspace has not the targets that this loss needs, or a target is not a class where classes are expected.
    /// </exception>
    public double Evaluate(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        int targets = TargetsPerRow(workspace.Outputs);
        if (workspace.Batch.TargetsPerRow != targets)
            throw new ArgumentException(
                $"The workspace has room for {workspace.Batch.TargetsPerRow} targets a row, but the loss needs {targets} for {workspace.Outputs} outputs.",
                nameof(workspace));
        Compute(workspace);
        double sum = 0;
        Minibatch batch = workspace.Batch;
        ReadOnlySpan<float> weights = batch.Weights.Span, losses = workspace.RowLosses.Span;
        for (int row = 0; row < batch.Rows; row++) sum += (double)weights[row] * losses[row];
        return sum / batch.Rows;
    }

    /// <summary>
    /// Turns outputs into predictions, in place: softmax gives probabilities that sum to 1, sigmoid one each, Poisson e^output; the others leave them.
    /// </summary>
    /// <param name="outputs">[rows x outputsPerRow], row-major.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputsPerRow">The outputs of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The span's length is not rows times outputsPerRow.</exception>
    internal void ToPrediction(Span<float> outputs, int rows, int outputsPerRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputsPerRow, 1);
        if (outputs.Length != (long)rows * outputsPerRow)
            throw new ArgumentException(
                $"{rows} rows of {outputsPerRow} outputs are {(long)rows * outputsPerRow} values, but {outputs.Length} were given.", nameof(outputs));
        Predict(outputs, outputsPerRow);
    }

    /// <summary>
    /// The same loss with other gradients: those of targets that are mixed with equal chances for all classes (label smoothing; Szegedy et al. 2016,
    /// Rethinking the Inception Architecture). What it reports stays the loss of the targets as they are. Losses for numbers have nothing to smooth.
    /// </summary>
    /// <param name="smoothing">How much of the mixture is equal chances, from 0 up to, but not including, 1.</param>
    internal virtual Loss WithLabelSmoothing(float smoothing) => this;

    /// <summary>The number of classes that targets are, whole numbers from 0; 0 where they are none.</summary>
    internal virtual int ClassesOf(int outputs) => 0;

    /// <summary>Whether the outputs become probabilities, whose sharpness a temperature can change.</summary>
    internal virtual bool GivesProbabilities => false;

    /// <summary>Adds the first and second derivatives of a row's loss by the factor that its outputs are multiplied by.</summary>
    /// <param name="outputs">The outputs before they are multiplied.</param>
    /// <param name="predictions">What they become after.</param>
    /// <param name="targets">The row's targets.</param>
    /// <param name="weight">How much the row counts.</param>
    /// <param name="first">Takes the first derivative.</param>
    /// <param name="second">Takes the second.</param>
    internal virtual void AddSlopes(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, double weight, ref double first, ref double second) =>
        throw new NotSupportedException();

    /// <summary>The derivatives of one prediction by the outputs.</summary>
    /// <param name="outputs">The outputs of a row.</param>
    /// <param name="output">The prediction, from 0.</param>
    /// <param name="slopes">Takes the derivative by each output.</param>
    internal abstract void PredictionSlopes(ReadOnlySpan<double> outputs, int output, Span<double> slopes);

    /// <summary>The target values of a row of a network with so many outputs.</summary>
    internal abstract int TargetsPerRow(int outputs);

    /// <summary>The outputs that a label of one number asks for: one, or one for each of several quantiles.</summary>
    internal virtual int OutputsPerNumber => 1;

    /// <summary>What training may do to the targets.</summary>
    internal virtual TargetUnit TargetUnit => TargetUnit.AsGiven;

    /// <summary>Whether there are right and wrong predictions.</summary>
    internal abstract bool HasAccuracy { get; }

    /// <summary>The weight of the minibatch's rows whose prediction is right.</summary>
    internal abstract double WeightOfRight(Workspace workspace);

    /// <summary>Turns whole rows of outputs into predictions, in place.</summary>
    private protected abstract void Predict(Span<float> outputs, int outputsPerRow);

    /// <summary>
    /// Writes <see cref="Workspace.RowLosses"/> and the last delta, which is weight / rows times the gradient of a row's loss by the outputs.
    /// </summary>
    private protected abstract void Compute(Workspace workspace);
}
