using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.Reporting;
using Microsoft.ML.SimpleNn.Tests.Examples;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

/// <summary>What stands on the pages, against ML.NET's evaluators.</summary>
[TestClass]
public sealed class ReportTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("classes")]
    [DataRow("true or false")]
    [DataRow("number")]
    [DataRow("quantiles")]
    [DataRow("several")]
    [DataRow("labels")]
    [DataRow("anomalies")]
    [DataRow("images")]
    [DataRow("no rows")]
    public void A_page_is_small_and_loads_and_runs_nothing(string task)
    {
        string page = ReportedTasks.Pages[task];

        Assert.IsLessThan(2_000_000, page.Length);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.IsFalse(Regex.IsMatch(page, @"(src|href)=""(?!data:|#)"), "it refers to something outside");
        Assert.AreEqual(Regex.Count(page, "<svg "), Regex.Count(page, "<svg role=\"img\" aria-label=\"[^\"]{20,}\""), "a drawing without words");
        Assert.DoesNotContain("NaN", page);
        string[] ids = [.. Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        CollectionAssert.AllItemsAreUnique(ids, "of two areas of one name a browser takes the first, and cuts the other's curves");
    }

    [TestMethod]
    public void A_class_by_the_name_of_a_script_is_text()
    {
        Assert.Contains(WebUtility.HtmlEncode(ReportedTasks.EvilName), ReportedTasks.Pages["classes"]);
        string title = ReportedTasks.Write(path => ReportedTasks.Number().Model.WriteReport(path, options: new() { Title = "<img src=x onerror=alert(1)>" }));
        Assert.DoesNotContain("<img src=x", title);
    }

    [TestMethod]
    public void The_confusion_matrix_of_classes_is_that_of_the_evaluator()
    {
        MulticlassClassificationMetrics expected = _ml.MulticlassClassification.Evaluate(ReportedTasks.Classes().Scored);

        CollectionAssert.AreEqual(expected.ConfusionMatrix.Counts.SelectMany(row => row).ToArray(), Matrix(ReportedTasks.Pages["classes"]));
        Assert.AreEqual(Number.Percent(expected.MicroAccuracy), Tile("classes", "accuracy"));
    }

    [TestMethod]
    public void The_confusion_matrix_and_the_area_of_true_and_false_are_those_of_the_evaluator()
    {
        CalibratedBinaryClassificationMetrics expected = _ml.BinaryClassification.Evaluate(ReportedTasks.TrueOrFalse().Scored);
        IReadOnlyList<IReadOnlyList<double>> counts = expected.ConfusionMatrix.Counts; // true comes first there

        CollectionAssert.AreEqual(new[] { counts[1][1], counts[1][0], counts[0][1], counts[0][0] }, Matrix(ReportedTasks.Pages["true or false"]));
        Assert.AreEqual(Number.Text(expected.AreaUnderRocCurve), Tile("true or false", "area under the ROC curve"));
        Assert.Contains($"Area under the curve: true {Number.Text(expected.AreaUnderRocCurve)}.", ReportedTasks.Pages["true or false"], "that of the curve that is drawn");
    }

    [TestMethod]
    public void The_figures_of_a_number_are_those_of_the_evaluator_and_of_its_bounds()
    {
        IDataView scored = ReportedTasks.Number().Scored;
        float[] labels = [.. scored.GetColumn<float>("Label")], lower = [.. scored.GetColumn<float>("ScoreLower")], upper = [.. scored.GetColumn<float>("ScoreUpper")];
        double covered = labels.Where((label, i) => lower[i] <= label && label <= upper[i]).Count() / (double)labels.Length;

        Assert.AreEqual(Number.Text(_ml.Regression.Evaluate(scored).RootMeanSquaredError), Tile("number", "root mean squared error"));
        Assert.AreEqual(Number.Percent(covered), Tile("number", "labels within their interval"));
    }

    [TestMethod]
    public void The_area_of_anomalies_is_that_of_the_evaluator()
    {
        IDataView scored = ReportedTasks.Anomalies().Scored;
        IDataView numbers = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Fit(scored).Transform(scored);
        string area = Number.Text(_ml.AnomalyDetection.Evaluate(numbers).AreaUnderRocCurve);

        Assert.AreEqual(area, Tile("anomalies", "area under the ROC curve"));
        Assert.Contains($"Area under the curve: anomalies {area}.", ReportedTasks.Pages["anomalies"]);
    }

    [TestMethod]
    public void Features_are_ranked_as_the_model_ranks_them()
    {
        (var model, IDataView scored) = ReportedTasks.TrueOrFalse();
        string page = ReportedTasks.Pages["true or false"][ReportedTasks.Pages["true or false"].IndexOf("mean contribution</th>", StringComparison.Ordinal)..];

        string[] shown = [.. Regex.Matches(page, @"<td>slot (\d)</td><td class=""number"">([^<]*)</td>").Take(3).Select(match => $"{match.Groups[1]} {match.Groups[2]}")];
        CollectionAssert.AreEqual(model.SubModel.GetFeatureImportance(scored).Select(one => $"{one.Slot} {Number.Text(one.MeanContribution)}").ToArray(), shown);
    }

    [TestMethod]
    public void The_course_of_the_training_is_that_of_the_history()
    {
        TrainingHistory history = ReportedTasks.Classes().Model.TrainingHistory;

        Assert.Contains($"The training ended after {history.Epochs.Count} epochs", ReportedTasks.Pages["classes"]);
        foreach (EpochMetrics epoch in history.Epochs)
            Assert.Contains($"<td class=\"number\">{epoch.Epoch}</td><td class=\"number\">{Number.Text(epoch.TrainingLoss)}</td>", ReportedTasks.Pages["classes"]);
    }

    [TestMethod]
    public void Missing_features_are_counted()
    {
        Assert.AreEqual("1", Tile("number", "features missing in some row"));
        Assert.Contains("<td>slot 2</td><td>Number</td><td>yes</td><td class=\"number\">10</td>", ReportedTasks.Pages["number"]);
    }

    [TestMethod]
    public void Images_show_weights_and_mistakes_and_options_show_what_was_given()
    {
        Assert.AreEqual(4, Regex.Count(ReportedTasks.Pages["images"], "alt=\"weights of unit \\d\""));
        Assert.Contains("<td>Dropout</td><td>0.25</td>", ReportedTasks.Pages["images"]);
    }

    [TestMethod]
    public void A_pipeline_is_scored_and_its_label_may_be_mapped_back()
    {
        IDataView rows = ReportedTasks.Classes().Scored;
        var pipeline = _ml.Transforms.CopyColumns("Inputs", "Features")
            .Append(_ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { FeatureColumnName = "Inputs", HiddenLayers = [4], NumberOfEpochs = 1 }))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(_ml.Transforms.SelectColumns("Features", "Label").Fit(rows).Transform(rows));

        string page = ReportedTasks.Write(path => _ml.Model.WriteReport(pipeline, path, rows));

        Assert.Contains("Outputs of layer 1", page, "the features are found by the name that the model has for them");
    }

    [TestMethod]
    public void Errors_name_the_column_and_a_remedy()
    {
        (var model, IDataView scored) = ReportedTasks.Number();
        using var folder = new TemporaryFolder();

        Assert.StartsWith("There is no label column 'Price' in the rows of the report, which have 'Features', 'Label', 'Score', 'ScoreLower', 'ScoreUpper': name another",
            Refused(() => model.WriteReport(folder["x"], scored, new() { LabelColumnName = "Price" })));
        Assert.StartsWith("There is no score column 'Score' in the rows of the report", Refused(() => model.WriteReport(folder["x"], _ml.Transforms.DropColumns("Score").Fit(scored).Transform(scored))));
        Assert.StartsWith("ImageShape is 2 x 2 pixels of 1, 4 numbers in all, but the model takes 3 features", Refused(() => model.WriteReport(folder["x"], scored, new() { ImageShape = new ImageShape(2, 2) })));
        Assert.StartsWith("The label column 'Label' is Single, but the report of this model needs Boolean", Refused(() => ReportedTasks.TrueOrFalse().Model.WriteReport(folder["x"], AddProbability(scored))));
        Assert.StartsWith("No row of the report has both a label", Refused(() => model.WriteReport(folder["x"], _ml.Data.FilterRowsByColumn(scored, "Label", lowerBound: 1000))));
        Assert.StartsWith("There is no SimpleNn model in the pipeline", Refused(() => _ml.Model.WriteReport(_ml.Transforms.CopyColumns("A", "Score").Fit(scored), folder["x"], scored)));
        Assert.IsFalse(File.Exists(folder["x"]));

        static string Refused(Action action) => Assert.ThrowsExactly<ArgumentException>(action).Message;
    }

    private IDataView AddProbability(IDataView scored) => _ml.Transforms.CopyColumns("Probability", "Score").Fit(scored).Transform(scored);

    private static string Tile(string task, string name) =>
        Regex.Match(ReportedTasks.Pages[task], $"<b>([^<]*)</b>\\s*<span>{Regex.Escape(name)}</span>").Groups[1].Value;

    private static double[] Matrix(string page)
    {
        string table = Regex.Match(page, "<table class=\"matrix\">.*?</table>", RegexOptions.Singleline).Value;
        return [.. Regex.Matches(table, "<td[^>]*>([^<]*)</td>").Select(cell => double.Parse(cell.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture))];
    }
}
