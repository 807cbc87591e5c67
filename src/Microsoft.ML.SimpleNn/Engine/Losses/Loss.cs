namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What training makes small: a mean over the rows of a minibatch, each row counting with its weight. A loss is joined with the function
/// that turns outputs into predictions (softmax, sigmoid), because together they have the stable and simple delta, prediction - target.
/// </summary>
public abstract class Loss
{
    /// <summary>For classes that exclude each other: -log softmax(outputs)[class]. The target of a row is its class, from 0.</summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>For yes and no: -t log p - (1 - t) log(1 - p) with p = sigmoid(output) and t from 0 to 1, averaged over the outputs.</summary>
    public static Loss SigmoidCrossEntropy { get; } = new ElementwiseLoss<SigmoidCrossEntropy>();

    /// <summary>For numbers: (output - t)^2, averaged over the outputs.</summary>
    public static Loss SquaredError { get; } = new ElementwiseLoss<SquaredError>();

    /// <summary>Computes the loss of a workspace's minibatch after <see cref="Network.Forward"/>, and the last layer's delta from it.</summary>
    /// <param name="workspace">The workspace; its last delta is written.</param>
    /// <returns>The mean over the rows of weight times loss.</returns>
    public double Evaluate(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Compute(workspace);
        double sum = 0;
        Minibatch batch = workspace.Batch;
        ReadOnlySpan<float> weights = batch.Weights.Span, losses = workspace.RowLosses.Span;
        for (int row = 0; row < batch.Rows; row++) sum += (double)weights[row] * losses[row];
        return sum / batch.Rows;
    }

    /// <summary>Turns outputs into predictions, in place: softmax gives probabilities that sum to 1, sigmoid one each; squared error leaves them.</summary>
    /// <param name="outputs">[rows x outputsPerRow], row-major.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputsPerRow">The outputs of a row.</param>
    public abstract void ToPrediction(Span<float> outputs, int rows, int outputsPerRow);

    /// <summary>The target values of a row of a network with so many outputs.</summary>
    internal abstract int TargetsPerRow(int outputs);

    /// <summary>Whether there are right and wrong predictions.</summary>
    internal abstract bool HasAccuracy { get; }

    /// <summary>The weight of the minibatch's rows whose prediction is right.</summary>
    internal abstract double WeightOfRight(Workspace workspace);

    /// <summary>Writes <see cref="Workspace.RowLosses"/> and the last delta, which is weight / rows times the gradient of a row's loss.</summary>
    private protected abstract void Compute(Workspace workspace);
}
