namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The rows and features, and the options of the training.</summary>
internal static class DataSection
{
    private const int MostFeatures = 50;

    /// <summary>Writes what is known of rows and features.</summary>
    public static void Write(Html html, Network network, Evaluation? evaluation, FeatureRows? rows)
    {
        if (evaluation is not null)
            html.Tiles([("rows of the report", Number.Text(evaluation.Rows)), ("rows left out, without label or score", Number.Text(evaluation.LeftOut)),
                ("features", Number.Text(network.Inputs)), .. rows is null ? []
                    : new[] { ("features missing in some row", Number.Text(rows.Missing.Count(missing => missing > 0))) }]);
        if (network.InputStage is not { } stage)
        {
            html.Paragraph("The network takes the features as they are: they were not normalized, or the model is of an earlier version.");
            return;
        }
        html.Table(new Table("What the features were taken for in training, by kind.", ["kind", "features"],
            [.. stage.Kinds.GroupBy(kind => kind).OrderByDescending(group => group.Count()).Select(group => (Cell[])[group.Key.ToString(), group.Count()])]));
        html.Paragraph($"{Number.Count(stage.Marks, "feature was", "features were")} missing in some training row. " +
            (stage.AcceptsMissing ? "A feature that is missing counts as its center." : "A row with a missing feature has no score."));
        if (rows is not null)
            html.Folded("Each feature", Features(stage, rows));
    }

    /// <summary>Writes the options that the trainer was given.</summary>
    public static void WriteOptions(Html html, Trainers.SimpleNn.SimpleNnOptionsBase options) => html.Table(
        new Table("The options that decide the weights, as they were given; null was chosen from the data.", ["option", "value"],
            [.. Trainers.SimpleNn.TrainingIdentity.Describe(options).Select(pair => (Cell[])[pair.Key, pair.Value])]));

    private static Table Features(InputStage stage, FeatureRows rows)
    {
        int[] shown = [.. Enumerable.Range(0, stage.Features).OrderByDescending(i => rows.Missing[i]).Take(MostFeatures)];
        string caption = shown.Length == stage.Features ? "The features."
            : $"{MostFeatures} of {Number.Text(stage.Features)} features, those that are missing most often first.";
        return new Table(caption, ["feature", "kind", "missing in training", "rows of the report where it is missing"],
            [.. shown.Select(i => (Cell[])[rows.Name(i), stage.Kinds[i].ToString(), stage.HasMark(i) ? "yes" : "no", rows.Missing[i]])]);
    }
}
