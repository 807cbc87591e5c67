using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The rows that are predicted worst, with their images, and with the features that spoke most for the prediction.</summary>
internal static class WorstSection
{
    private const int MostReasons = 3;

    /// <summary>Writes the section.</summary>
    public static void Write(Html html, ReportedModel model, Evaluation evaluation, FeatureRows? rows)
    {
        if (evaluation.Worst.Count == 0)
        {
            html.Paragraph("No row is predicted wrong.");
            return;
        }
        (string caption, string[] heads) = evaluation.WorstTable;
        bool hasFeatures = rows is not null && evaluation.Worst.All(row => rows.Chosen.ContainsKey(row.Row));
        List<string> all = [.. heads];
        if (hasFeatures && rows!.Shape is not null)
            all.AddRange(model.Model is SimpleNnAutoencoderModelParameters ? ["image", "given back"] : ["image"]);
        bool hasReasons = hasFeatures && rows!.Shape is null;
        if (hasReasons)
            all.Add(model.Model is SimpleNnAutoencoderModelParameters ? "features with the largest errors" : "what counted most");
        html.Table(new Table(caption + " Rows are counted from 1.", [.. all], [.. evaluation.Worst.Select(Cells)]));

        Cell[] Cells(WorstRow row)
        {
            List<Cell> cells = [.. row.Cells];
            if (!hasFeatures)
                return [.. cells];
            float[] features = rows!.Chosen[row.Row];
            if (hasReasons)
                cells.Add(Reasons(model, features, rows, row.Output));
            else
                cells.AddRange(Pictures(model, row.Row, features, rows.Shape!.Value));
            return [.. cells];
        }
    }

    private static IEnumerable<Cell> Pictures(ReportedModel model, long row, float[] features, ImageShape shape)
    {
        yield return Cell.OfPicture(PixelImage.Plain(features, shape), $"image of row {row}");
        if (model.Model is SimpleNnAutoencoderModelParameters autoencoder)
            yield return Cell.OfPicture(PixelImage.Plain(autoencoder.Reconstruct(features), shape), $"what row {row} is given back as");
    }

    private static string Reasons(ReportedModel model, float[] features, FeatureRows rows, int? output)
    {
        float[] values = model.Model is SimpleNnAutoencoderModelParameters autoencoder
            ? autoencoder.ScoreByFeature(features)
            : model.Contributions!(features, output ?? model.Output(features, model.Explained[0].Output));
        return string.Join(", ", Enumerable.Range(0, values.Length).Where(i => float.IsFinite(values[i]) && values[i] != 0)
            .OrderByDescending(i => Math.Abs(values[i])).Take(MostReasons)
                .Select(i => $"{rows.Name(i)} = {Number.Text(features[i])} ({(values[i] > 0 ? "+" : "")}{Number.Text(values[i])})"));
    }
}
