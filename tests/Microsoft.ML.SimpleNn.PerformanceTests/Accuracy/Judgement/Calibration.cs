namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;

/// <summary>The expected calibration error: how far the probability of the predicted class is from how often that class is right, over 15 bins of equal width.</summary>
internal sealed class Calibration
{
    private const int Bins = 15;

    private readonly double[] _probabilities = new double[Bins];
    private readonly int[] _right = new int[Bins];
    private int _rows;

    /// <summary>The mean over all rows of their bin's |share of right predictions - mean probability|.</summary>
    public double Error => _probabilities.Zip(_right, (probability, right) => Math.Abs(right - probability)).Sum() / _rows;

    /// <summary>Counts a row.</summary>
    /// <param name="probability">The probability of the predicted class.</param>
    /// <param name="isRight">Whether it is the row's class.</param>
    public void Add(double probability, bool isRight)
    {
        int bin = Math.Clamp((int)(probability * Bins), 0, Bins - 1);
        _probabilities[bin] += probability;
        if (isRight) _right[bin]++;
        _rows++;
    }
}
