namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Which features matter: the mean sizes of their contributions, or of an autoencoder their errors.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">The rows.</param>
internal sealed class FeatureSection(ReportedModel model, FeatureRows rows)
{
    private const int MostFeatures = 20;

    /// <summary>The work that the ranking may take, in weights times rows.</summary>
    private const long MostWork = 100_000_000;
    private const int FewestRows = 10;

    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="mostRows">The most rows by which features are ranked.</param>
    public void Write(Html html, int mostRows)
    {
        long affordable = Math.Max(FewestRows, MostWork / model.Networks.Sum(network => network.ParameterCount));
        float[][] used = Thin((int)Math.Min(mostRows, affordable));
        if (model.Model is Trainers.SimpleNn.SimpleNnAutoencoderModelParameters autoencoder)
        {
            Ranking(html, "mean error", $"The mean error of each feature over {Number.Count(used.Length, "row", "rows")}.",
                Means(used, row => autoencoder.ScoreByFeature(row)));
            return;
        }
        html.Remark("A contribution is what a feature has added to a score, from a row of which nothing is known (integrated gradients). " +
            "They add up to the score, less that of such a row.");
        foreach ((int? output, string name) in model.Explained)
            Ranking(html, "mean contribution", $"The mean size of contributions to the {name}, over {Number.Count(used.Length, "row", "rows")}.",
                Means(used, row => model.Contributions!(row, model.Output(row, output))));
    }

    private float[][] Thin(int most)
    {
        IReadOnlyList<float[]> all = rows.Sample;
        int count = Math.Min(most, all.Count);
        return [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)])];
    }

    /// <summary>The mean sizes, over rows that have a score.</summary>
    private static double[] Means(float[][] used, Func<float[], float[]> ofRow)
    {
        double[] sums = new double[used.Length == 0 ? 0 : used[0].Length];
        int count = 0;
        foreach (float[] row in used)
        {
            float[] values = ofRow(row);
            if (values.All(float.IsNaN))
                continue;
            for (int i = 0; i < sums.Length; i++)
                sums[i] += float.IsNaN(values[i]) ? 0 : Math.Abs(values[i]);
            count++;
        }
        return [.. sums.Select(sum => sum / Math.Max(1, count))];
    }

    private void Ranking(Html html, string head, string caption, double[] means)
    {
        if (rows.Shape is { } shape)
        {
            string image = PixelImage.Plain([.. means.Select(mean => (float)mean)], shape);
            html.Paragraph(caption + " Of images, by pixel: white is most.")
                .Markup($"<p><img style=\"width:10rem\" src=\"{image}\" alt=\"{Html.Encode(caption)}\"></p>\n");
        }
        double largest = means.DefaultIfEmpty().Max();
        html.Table(new Table(caption + (means.Length > MostFeatures ? $" The {MostFeatures} largest of {Number.Text(means.Length)} features." : ""),
            ["feature", head, ""],
            [.. Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(MostFeatures)
                .Select(i => (Cell[])[rows.Name(i), means[i], Cell.OfBar(means[i] / largest)])]));
    }
}
