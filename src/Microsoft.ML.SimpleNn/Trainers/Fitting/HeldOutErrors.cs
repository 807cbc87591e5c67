using System.Buffers;
using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// How far predictions are from the label on rows that the predicting network was not trained on, by which intervals, and sets of classes, are made that
/// have the label with a given probability (split conformal prediction; J. Lei et al. 2018, Distribution-Free Predictive Inference for Regression; with
/// folds R. Barber et al. 2021, Predictive Inference with the Jackknife+). The error of a class is the smaller, the more probable the class was: less its
/// probability (M. Sadinle, J. Lei, L. Wasserman 2019, Least Ambiguous Set-Valued Classifiers with Bounded Error Levels).
/// </summary>
/// <param name="coverage">The probability, above 0 and below 1.</param>
/// <param name="loss">What turns outputs into predictions, and says whether they are those of classes.</param>
/// <param name="holdsOut">Whether the training holds rows out by itself.</param>
internal sealed class HeldOutErrors(float coverage, Loss loss, bool holdsOut)
{
    private const int RowsAtOnce = 128;

    /// <summary>Rounding must not ask for a row more where the coverage is that of a whole number of rows.</summary>
    private const double Rounding = 1e-6;

    private readonly List<(float Error, float Weight)> _errors = [];

    /// <summary>The fewest rows that can tell: of fewer, even the largest error is passed too often.</summary>
    private long FewestRows => (long)Math.Ceiling(coverage / (1.0 - coverage) * (1 - Rounding));

    private bool AreClasses => loss == Loss.SoftmaxCrossEntropy;

    private string Option => AreClasses
        ? nameof(SimpleNnMulticlassTrainer.Options.PredictionSetCoverage)
        : nameof(SimpleNnRegressionTrainer.Options.IntervalCoverage);

    /// <summary>Throws, before a training that would be lost, where too few rows are held out.</summary>
    /// <param name="context">Where the error comes from.</param>
    /// <param name="rows">How many are.</param>
    public void CheckRows(IExceptionContext context, long rows)
    {
        if (rows >= FewestRows)
            return;
        string remedy = holdsOut
            ? $"give more rows, a larger {nameof(SimpleNnOptionsBase.ValidationFraction)}, validation rows to Fit, or a smaller coverage"
            : $"set {nameof(SimpleNnOptionsBase.EarlyStopping)} to true, or give validation rows to Fit";
        throw context.Except(string.Create(CultureInfo.InvariantCulture, $"{Option} is {coverage}, which takes " +
            $"{FewestRows} rows or more that are held out, but there are {rows}: {remedy}."));
    }

    /// <summary>Measures rows.</summary>
    /// <param name="network">The network, with which the rows have nothing to do.</param>
    /// <param name="rows">The rows; of those that are not in memory a sample.</param>
    /// <param name="seed">Decides the sample.</param>
    public void Add(Network network, ExampleSource rows, int seed)
    {
        ExampleSet examples = rows.Sample(seed);
        float[] features = ArrayPool<float>.Shared.Rent(RowsAtOnce * network.Inputs);
        float[] predictions = new float[RowsAtOnce * network.Outputs];
        for (int first = 0; first < examples.Count; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, examples.Count - first);
            for (int i = 0; i < count; i++)
                examples.CopyFeatures(first + i, features.AsSpan(i * network.Inputs, network.Inputs));
            Span<float> predicted = predictions.AsSpan(0, count * network.Outputs);
            network.Predict(features.AsSpan(0, count * network.Inputs), count, predicted, team: null);
            loss.ToPrediction(predicted, count, network.Outputs);
            for (int i = 0; i < count; i++)
                _errors.Add((ErrorOf(predicted.Slice(i * network.Outputs, network.Outputs), examples.Target(first + i)), examples.Weight(first + i)));
        }
        ArrayPool<float>.Shared.Return(features);
    }

    /// <summary>The interval around a number: as far to both sides as the errors reach.</summary>
    public PredictionInterval Interval() => new(coverage, Quantile());

    /// <summary>The classes that are not less probable than the errors reach.</summary>
    public PredictionSetThreshold PredictionSets() => new(coverage, -Quantile());

    private float ErrorOf(ReadOnlySpan<float> prediction, float target) => AreClasses ? -prediction[(int)target] : MathF.Abs(prediction[0] - target);

    /// <summary>
    /// The smallest error that coverage (n + 1) of the n rows do not pass, a row counting with its weight: one more row, the one to be predicted, then has
    /// its place among them with that probability.
    /// </summary>
    private float Quantile()
    {
        _errors.Sort();
        double wanted = coverage * (_errors.Sum(one => (double)one.Weight) + 1) * (1 - Rounding), sum = 0;
        foreach ((float error, float weight) in _errors)
        {
            sum += weight;
            if (sum >= wanted)
                return error;
        }
        return _errors[^1].Error;
    }
}
