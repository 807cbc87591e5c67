using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Reporting;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>Writes what a model has learned, and how well, as a page: <c>model.Model.WriteReport("report.html", model.Transform(testRows))</c>.</summary>
/// <remarks>
/// The page is one HTML file without scripts that loads nothing, light or dark as the reader's system is. It has the course of the training, the network with
/// its weights, and of the rows: metrics of ML.NET's evaluators, charts, the worst mistakes, outputs of the layers and contributions of features. It holds
/// values of some rows, such as images of the worst mistakes: give it to those only who may see them.
/// </remarks>
public static class SimpleNnReportExtensions
{
    /// <summary>Writes the report of a model to a file, as a whole or not at all.</summary>
    /// <typeparam name="TOutput">The score of a row, which the compiler finds out.</typeparam>
    /// <param name="model">The model: that of a multiclass, regression or autoencoder trainer, with one network or several.</param>
    /// <param name="filePath">The file. It need not exist; its folder must. On a failure the old one stays as it was.</param>
    /// <param name="evaluation">
    /// Rows that the model was not trained on, as its Transform gives them, with labels and features; it is read some times over. Of an autoencoder a Boolean
    /// label, true for anomalies, may be absent. Null for a report of the training and the network alone.
    /// </param>
    /// <param name="options">Names of columns, and what the page is to show; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The model or the path is null.</exception>
    /// <exception cref="ArgumentException">
    /// The path is empty, a column of the rows is missing or of another type, or no row has a label and a score.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    /// <example>
    /// <code>
    /// var model = ml.Regression.Trainers.SimpleNn("Price").Fit(trainRows);
    /// model.Model.WriteReport("report.html", model.Transform(testRows), new() { LabelColumnName = "Price" });
    /// </code>
    /// </example>
    public static void WriteReport<TOutput>(
        this SimpleNnModelParametersBase<TOutput> model, string filePath, IDataView? evaluation = null, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ReportBuilder.Write(ReportedModel.Of(model), filePath, evaluation, options);
    }

    /// <summary>Writes the report of the model of a binary trainer, with its calibrator, to a file, as a whole or not at all.</summary>
    /// <inheritdoc cref="WriteReport{TOutput}(SimpleNnModelParametersBase{TOutput}, string, IDataView?, ReportOptions?)"/>
    public static void WriteReport(this CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> model, string filePath,
        IDataView? evaluation = null, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ReportBuilder.Write(ReportedModel.Of(model.SubModel), filePath, evaluation, options);
    }

    /// <summary>Scores rows by a pipeline's model and writes the report of the SimpleNn model in it to a file, as a whole or not at all.</summary>
    /// <param name="catalog">The operations with models of an <see cref="MLContext"/>.</param>
    /// <param name="model">The model: a transformer, or a chain of them, with one SimpleNn model in it, fresh or loaded.</param>
    /// <param name="filePath">The file. It need not exist; its folder must. On a failure the old one stays as it was.</param>
    /// <param name="rows">Rows as the pipeline takes them, with labels, that it was not trained on; they are read some times over.</param>
    /// <param name="options">Names of columns, and what the page is to show; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The catalog, the model, the path or the rows are null.</exception>
    /// <exception cref="ArgumentException">
    /// The path is empty, there is no SimpleNn model in the pipeline, a column is missing or of another type, or no row has a label and a score.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    /// <example>
    /// <code>
    /// ITransformer model = pipeline.Fit(trainRows);
    /// ml.Model.WriteReport(model, "report.html", testRows);
    /// </code>
    /// </example>
    public static void WriteReport(this ModelOperationsCatalog catalog, ITransformer model, string filePath, IDataView rows, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        (ReportedModel reported, string features) = Find(model)
            ?? throw new ArgumentException("There is no SimpleNn model in the pipeline: give the model that Fit of a pipeline with one of its trainers gave.",
                nameof(model));
        ReportBuilder.Write(reported, filePath, model.Transform(rows), options, features);
    }

    private static (ReportedModel Model, string Features)? Find(ITransformer model) => model switch
    {
        IEnumerable<ITransformer> chain => chain.Select(Find).LastOrDefault(found => found is not null),
        ISingleFeaturePredictionTransformer<object> scorer when Of(scorer.Model) is { } found => (found, scorer.FeatureColumnName),
        _ => null,
    };

    private static ReportedModel? Of(object model) => model switch
    {
        SimpleNnMulticlassModelParameters classes => ReportedModel.Of(classes),
        CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator> binary => ReportedModel.Of(binary.SubModel),
        SimpleNnRegressionModelParameters numbers => ReportedModel.Of(numbers),
        SimpleNnAutoencoderModelParameters autoencoder => ReportedModel.Of(autoencoder),
        _ => null,
    };
}
