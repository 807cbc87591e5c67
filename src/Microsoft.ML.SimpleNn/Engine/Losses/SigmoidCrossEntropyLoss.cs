namespace Microsoft.ML.SimpleNn;

/// <summary><see cref="SigmoidCrossEntropy"/> as a loss.</summary>
/// <param name="smoothing">How much of each target is one half, in the gradients alone.</param>
internal sealed class SigmoidCrossEntropyLoss(float smoothing) : ElementwiseLoss<SigmoidCrossEntropy>(new SigmoidCrossEntropy(smoothing))
{
    internal override bool GivesProbabilities => true;

    internal override int ClassesOf(int outputs) => outputs == 1 ? 2 : 0;

    internal override Loss WithLabelSmoothing(float smoothing) => smoothing == 0 ? SigmoidCrossEntropy : new SigmoidCrossEntropyLoss(smoothing);

    internal override void AddSlopes(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, double weight, ref double first, ref double second)
    {
        for (int j = 0; j < outputs.Length; j++)
        {
            if (float.IsNaN(targets[j])) continue;
            double p = predictions[j], z = outputs[j];
            first += weight * (p - targets[j]) * z;
            second += weight * p * (1 - p) * z * z;
        }
    }
}
