namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How well several yes-or-no labels are predicted at once.</summary>
public sealed class MultiLabelMetrics
{
    internal MultiLabelMetrics(IReadOnlyList<LabelMetrics> labels, double subsetAccuracy)
    {
        Labels = labels;
        SubsetAccuracy = subsetAccuracy;
    }

    /// <summary>The metrics of each label, in the order of the label column's slots.</summary>
    public IReadOnlyList<LabelMetrics> Labels { get; }

    /// <summary>The fraction of rows whose known labels are all predicted right.</summary>
    public double SubsetAccuracy { get; }

    /// <summary>The fraction of all known labels that are predicted wrong.</summary>
    public double HammingLoss => Labels.Sum(label => label.FalsePositives + label.FalseNegatives) / Labels.Sum(label => label.Count);

    /// <summary>The mean of the labels' F1 scores, each label counting alike.</summary>
    public double MacroF1Score => Labels.Average(label => label.F1Score);

    /// <summary>The F1 score of all labels' rows together.</summary>
    public double MicroF1Score
    {
        get
        {
            double right = 2 * Labels.Sum(label => label.TruePositives);
            return LabelMetrics.Ratio(right, right + Labels.Sum(label => label.FalsePositives + label.FalseNegatives));
        }
    }

    /// <summary>The mean of the labels' log-losses, in bits.</summary>
    public double LogLoss => Labels.Average(label => label.LogLoss);
}
