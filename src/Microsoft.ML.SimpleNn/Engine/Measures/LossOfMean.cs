namespace Microsoft.ML.SimpleNn;

/// <summary>What a loss would be if the mean of the training targets were predicted for every row, or a number that it cannot be above.</summary>
internal static class LossOfMean
{
    /// <summary>The loss, or a bound of it where it takes more than mean and deviation of the targets to tell.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="training">The rows that the mean is of.</param>
    /// <param name="measured">The rows that the loss is of; those trained on, or others.</param>
    /// <param name="outputs">The network's outputs: the classes, where the targets are classes.</param>
    /// <param name="normalized">Whether the targets are standardised, as <see cref="Loss.TargetUnit"/> says.</param>
    public static double Of(Loss loss, ExampleSource training, ExampleSource measured, int outputs, bool normalized)
    {
        if (loss is SoftmaxCrossEntropyLoss)
            return training is ExampleSet && measured is ExampleSet
                ? CrossEntropy(measured.WeightOfClasses(outputs), training.WeightOfClasses(outputs))
                : Math.Log(outputs);
        TargetStatistics mean = training.MeasureTargets(), targets = measured.MeasureTargets();
        bool standardised = normalized && loss.TargetUnit == TargetUnit.Standardised;
        return Enumerable.Range(0, outputs).Select(OfOutput).Where(double.IsFinite).DefaultIfEmpty().Average();

        double OfOutput(int i)
        {
            double m = mean.Mean[i], t = targets.Mean[i], unit = standardised ? mean.Deviation[i] : 1;
            double distance = (t - m) / unit, deviation = targets.Deviation[i] / unit;
            double square = (deviation * deviation) + (distance * distance);
            return loss switch
            {
                ElementwiseLoss<SquaredError> => square,
                ElementwiseLoss<HuberLoss> => square / 2,
                ElementwiseLoss<PoissonLoss> => normalized ? 1 : m - (t * Math.Log(m)),
                ElementwiseLoss<SigmoidCrossEntropy> => CrossEntropy([t, 1 - t], [m, 1 - m]),
                _ => Math.Sqrt(square), // the mean distance is at most that, and a quantile's loss at most the distance
            };
        }
    }

    /// <summary>The mean of -log of the frequency that each class has in training.</summary>
    private static double CrossEntropy(double[] measured, double[] training)
    {
        double sum = measured.Sum(), trainingSum = training.Sum();
        return Enumerable.Range(0, measured.Length).Where(i => measured[i] > 0).Sum(i => -measured[i] / sum * Math.Log(training[i] / trainingSum));
    }
}
