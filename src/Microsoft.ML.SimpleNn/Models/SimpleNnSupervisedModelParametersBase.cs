using Microsoft.ML.Data;
using Microsoft.ML.Numeric;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The model of a label: it can tell what each feature has added to a score, for a row (<see cref="GetFeatureContributions"/>, and ML.NET's
/// <c>mlContext.Transforms.CalculateFeatureContribution</c>) and on the whole (<see cref="GetFeatureImportance"/>).
/// </summary>
/// <remarks>
/// Contributions are integrated gradients (M. Sundararajan, A. Taly, Q. Yan 2017, Axiomatic Attribution for Deep Networks) from a row of which nothing is
/// known: they add up to the score less <see cref="BaselineScores"/>. What is explained is the Score column: a number in its unit, the probability of a
/// class, the logit of a binary model.
/// </remarks>
/// <typeparam name="TOutput">The score of a row: a vector, or a single number.</typeparam>
public abstract class SimpleNnSupervisedModelParametersBase<TOutput>
    : SimpleNnModelParametersBase<TOutput>, ICalculateFeatureContribution, IFeatureContributionMapper
{
    /// <summary>Contributions whose sum is a smaller part of their sizes say by rounding alone what their sum is.</summary>
    private const double SmallestPart = 1e-4;

    private readonly Lazy<ScoreExplainer> _explainer;
    private readonly Lazy<float[]> _baselineScores;

    private protected SimpleNnSupervisedModelParametersBase(IHostEnvironment environment, string name, IReadOnlyList<TrainedNetwork> trained)
        : base(environment, name, trained)
    {
        (_explainer, _baselineScores) = (new(CreateExplainer), new(ScoreBaseline));
    }

    /// <inheritdoc cref="SimpleNnModelParametersBase{TOutput}(IHostEnvironment, string, ModelLoadContext, out ModelReader)"/>
    private protected SimpleNnSupervisedModelParametersBase(IHostEnvironment environment, string name, ModelLoadContext context, out ModelReader reader)
        : base(environment, name, context, out reader)
    {
        (_explainer, _baselineScores) = (new(CreateExplainer), new(ScoreBaseline));
    }

    /// <summary>
    /// The scores of a row of which nothing is known, where contributions begin: each number is at its centre, and what says that a value is missing is
    /// silent. Without
    /// <c>NormalizeFeatures</c>, of the row of zeros.
    /// </summary>
    /// <value>[outputs]</value>
    public IReadOnlyList<float> BaselineScores => _baselineScores.Value;

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    /// <summary>Whether the contributions must be brought from probabilities, which are averaged, to their logit, which is the score.</summary>
    private bool ScoreIsLogitOfMean => !ScoreIsPrediction && Networks.Count > 1;

    /// <summary>Tells what each feature has added to a score of a row.</summary>
    /// <remarks>
    /// The contributions add up to the score less that of <see cref="BaselineScores"/>, but for rounding. A feature at its centre, or missing and without a
    /// mark, has contributed 0. Safe from many threads at once.
    /// </remarks>
    /// <param name="features">The features [features], in the order of the training data; NaN where one is missing.</param>
    /// <param name="output">The score, from 0: the class, or the slot of a score that is a vector.</param>
    /// <returns>The contribution of each feature [features], in the unit of the score; NaN for a row that has no score.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public float[] GetFeatureContributions(ReadOnlySpan<float> features, int output = 0)
    {
        CheckFeatures(features, 1);
        CheckOutput(output);
        float[] contributions = new float[features.Length];
        if (!AllUsable(features))
        {
            Array.Fill(contributions, float.NaN);
            return contributions;
        }
        double[] sums = _explainer.Value.Explain(features, output);
        double factor = ScoreIsLogitOfMean ? LogitFactor(features, sums) : 1;
        for (int i = 0; i < contributions.Length; i++)
            contributions[i] = (float)(sums[i] * factor);
        return contributions;
    }

    /// <summary>Tells how much each feature matters on the whole: the mean size of its contributions to the scores of rows.</summary>
    /// <remarks>
    /// A row without a score, which has a feature that is infinite, is left out. Beside <c>PermutationFeatureImportance</c>, which asks how much worse a
    /// metric becomes when a feature is shuffled, this needs no label, and one pass.
    /// </remarks>
    /// <param name="data">The rows, prepared as those that the model was trained on; some hundreds say enough.</param>
    /// <param name="featureColumnName">The column of the features.</param>
    /// <param name="output">The score to explain, from 0; null for the only one, or that of the predicted class.</param>
    /// <returns>The features, the most important first; of equal ones the first slot.</returns>
    /// <exception cref="ArgumentNullException">The data is null.</exception>
    /// <exception cref="ArgumentException">There is no such column, it is no vector of as many Single as the model takes, or there is no row that has a
    /// score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public IReadOnlyList<FeatureImportance> GetFeatureImportance(IDataView data, string featureColumnName = DefaultColumnNames.Features, int? output = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (output is int given)
            CheckOutput(given);
        DataViewSchema.Column column = FindFeatures(data.Schema, featureColumnName);
        double[] sums = new double[Network.Inputs];
        float[] row = new float[sums.Length];
        long rows = 0;
        foreach (VBuffer<float> features in data.GetColumn<VBuffer<float>>(column))
        {
            features.CopyTo(row);
            if (!AllUsable(row))
                continue;
            float[] contributions = GetFeatureContributions(row, output ?? ExplainedOutput(row));
            for (int i = 0; i < sums.Length; i++)
                sums[i] += Math.Abs(contributions[i]);
            rows++;
        }
        if (rows == 0)
            throw new ArgumentException($"There is no row that has a score in the data, so that nothing can be told by column '{column.Name}': " +
                $"give rows like those that the model was trained on.", nameof(data));
        string[]? names = SlotNames.Read(column);
        return [.. sums.Select((sum, slot) => new FeatureImportance(slot, names?[slot] ?? "", sum / rows))
            .OrderByDescending(feature => feature.MeanContribution)];
    }

    ValueMapper<TSource, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSource, TContributions>(int top, int bottom, bool normalize)
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "The features must be a vector of Single.");
        CheckScoreIsKnown();
        ValueMapper<VBuffer<float>, VBuffer<float>> mapper = (in VBuffer<float> features, ref VBuffer<float> contributions) =>
        {
            float[] row = [.. features.DenseValues()];
            float[] values = GetFeatureContributions(row, ExplainedOutput(row));
            VBufferEditor<float> editor = VBufferEditor.Create(ref contributions, values.Length);
            values.CopyTo(editor.Values);
            contributions = editor.Commit();
            if (!float.IsNaN(values[0]))
                VectorUtils.SparsifyNormalize(ref contributions, top, bottom, normalize);
        };
        return (ValueMapper<TSource, VBuffer<float>>)(Delegate)mapper;
    }

    /// <summary>The score of a row that is explained where nobody names one: the only one, if the task does not say otherwise.</summary>
    private protected virtual int ExplainedOutput(ReadOnlySpan<float> features)
    {
        CheckScoreIsKnown();
        return 0;
    }

    /// <summary>Throws where it is not clear which score is to be explained.</summary>
    private protected virtual void CheckScoreIsKnown()
    {
        if (ScoreLength > 1)
            throw Host.Except($"The score is a vector of {ScoreLength} slots, of which one is to be explained: name it, by " +
                $"Model.{nameof(GetFeatureContributions)}(features, output) or Model.{nameof(GetFeatureImportance)}(data, output: 0).");
    }

    private DataViewSchema.Column FindFeatures(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentException($"There is no feature column '{name}' in the data, which has " +
                $"{string.Join(", ", schema.Select(other => $"'{other.Name}'"))}: " +
                $"name another with featureColumnName.", nameof(name));
        if (column.Type is not VectorDataViewType type || type.ItemType != NumberDataViewType.Single || type.Size != Network.Inputs)
            throw new ArgumentException($"Feature column '{name}' is {column.Type}, but the model takes a vector of {Network.Inputs} values of Single: " +
                $"prepare the data as that which the model was trained on.", nameof(name));
        return column;
    }

    private void CheckOutput(int output)
    {
        if (output < 0 || output >= Network.Outputs)
            throw new ArgumentOutOfRangeException(nameof(output), output,
                $"The model has {Network.Outputs} {(Network.Outputs == 1 ? "score" : "scores")}, counted from 0.");
    }

    /// <summary>A logit of one network is explained as it is.</summary>
    private ScoreExplainer CreateExplainer() => new(Networks, ScoreIsPrediction || ScoreIsLogitOfMean ? Loss : Loss.SquaredError);

    private float[] ScoreBaseline()
    {
        float[] outputs = _explainer.Value.OutputsAtStart(), scores = new float[Network.Outputs];
        if (Networks.Count > 1)
            Average(outputs, scores, ScoreIsPrediction);
        else
        {
            outputs.CopyTo(scores, 0);
            if (ScoreIsPrediction)
                Loss.ToPrediction(scores, 1, scores.Length);
        }
        return scores;
    }

    /// <summary>The secant of the logit between both ends of the path; its derivative where they are at the same height.</summary>
    private double LogitFactor(ReadOnlySpan<float> features, double[] contributions)
    {
        float[] score = new float[1];
        ScoreRows(features, 1, score);
        double sum = contributions.Sum(), e = Math.Exp(-Math.Abs(score[0]));
        return Math.Abs(sum) > SmallestPart * contributions.Sum(Math.Abs) ? (score[0] - _baselineScores.Value[0]) / sum : (1 + e) * (1 + e) / e;
    }
}
