using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn;

/// <summary>What a report is told beyond the model and the rows: <see cref="SimpleNnReportExtensions"/>.</summary>
public sealed class ReportOptions
{
    private const int UsualRowsToExplain = 200;

    /// <summary>The title of the page.</summary>
    /// <value>Default: null, the task.</value>
    public string? Title { get; init; }

    /// <summary>The column of the labels in the rows.</summary>
    /// <value>Default: "Label".</value>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column of the features in the rows. Where the rows lack it, what is told by features is left out, and the page says so.</summary>
    /// <value>Default: null, the column that the pipeline's model takes; "Features" where the rows come without the pipeline.</value>
    public string? FeatureColumnName { get; init; }

    /// <summary>How the pixels of images lie in the features.</summary>
    /// <value>
    /// Default: null. Then the dimensions of the feature column say it, or features of one range that are as many as the pixels of a square, of 8
    /// pixels a side or more.
    /// </value>
    public ImageShape? ImageShape { get; init; }

    /// <summary>The options that the trainer was given, for the page to show them; models do not keep them.</summary>
    /// <value>Default: null, they are not shown.</value>
    public SimpleNnOptionsBase? TrainerOptions { get; init; }

    /// <summary>The most rows by whose contributions the features are ranked.</summary>
    /// <remarks>They are spread evenly over the rows. Of large networks fewer are taken, since each takes some hundred passes through the network.</remarks>
    /// <value>Range: 0 or more, 0 for none. Default: 200.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RowsToExplain
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
    = UsualRowsToExplain;
}
