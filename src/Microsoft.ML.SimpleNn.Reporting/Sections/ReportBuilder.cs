using System.Text;
using Microsoft.ML.SimpleNn.IO;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Puts the page together.</summary>
internal static class ReportBuilder
{
    /// <summary>Writes the page to a file, as a whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="evaluation">Scored rows; null for none.</param>
    /// <param name="options">What the report is told; null for the defaults.</param>
    /// <param name="features">The column of the features, where the options do not name it.</param>
    public static void Write(ReportedModel model, string path, IDataView? evaluation, ReportOptions? options, string features = "Features")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string page = Build(model, evaluation, options ?? new ReportOptions(), features);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    private static string Build(ReportedModel model, IDataView? view, ReportOptions options, string features)
    {
        ScoredData? data = view is null ? null : new ScoredData(view, options, options.FeatureColumnName ?? features);
        Evaluation? evaluation = data is null ? null : Evaluation.Read(model, data);
        FeatureRows? rows = data is null ? null : FeatureRows.Read(data, model.Network, evaluation!.Worst.Select(row => row.Row));
        ImageShape? shape = rows is null ? PictureShape.Of(options, [], model.Network) : rows.Shape;

        var page = new ReportPage(options.Title ?? model.Task, Subtitle(model, evaluation));
        if (evaluation is not null)
            AddEvaluation(page, model, evaluation, rows);
        page.Add("Training", html => TrainingSection.Write(html, model));
        page.Add("Network", html => NetworkSection.Write(html, model, rows, shape));
        if (rows is not null && options.RowsToExplain > 0)
            page.Add("Features that matter", html => new FeatureSection(model, rows).Write(html, options.RowsToExplain));
        page.Add("Data", html => DataSection.Write(html, model.Network, evaluation, rows));
        if (options.TrainerOptions is { } given)
            page.Add("Options", html => DataSection.WriteOptions(html, given));
        return page.ToString();
    }

    private static void AddEvaluation(ReportPage page, ReportedModel model, Evaluation evaluation, FeatureRows? rows)
    {
        page.Add("Quality", html =>
        {
            html.Tiles(evaluation.Tiles);
            evaluation.Write(html);
            if (rows is null)
                html.Remark("The rows have no column of features, so that outputs of layers and contributions are left out.");
        });
        page.Add(evaluation.WorstTitle, html => WorstSection.Write(html, model, evaluation, rows));
    }

    private static string Subtitle(ReportedModel model, Evaluation? evaluation)
    {
        string layers = string.Join(" x ", model.Network.Layers.Select(layer => Number.Text(layer.Outputs)));
        string networks = model.Networks.Count > 1 ? $", {model.Networks.Count} networks" : "";
        string rows = evaluation is null ? "" : $"; measured on {Number.Count(evaluation.Rows, "row", "rows")}";
        return $"{model.Task}: {Number.Count(model.Network.Inputs, "feature", "features")}, layers of {layers}{networks}{rows}.";
    }
}
