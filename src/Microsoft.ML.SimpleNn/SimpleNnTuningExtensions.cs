using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>The methods that search for options of SimpleNn trainers, from the catalogs of an <see cref="MLContext"/>.</summary>
/// <remarks>
/// <para>
/// Configurations drawn from a <see cref="TuningSpace{TOptions}"/> are trained for few epochs, the better third of them for three times as many, and so on
/// (successive halving; K. Jamieson, A. Talwalkar 2016). They are compared by the loss on validation rows, the same for all. The options given are always
/// among those that are trained for all their epochs, so that the result is rarely worse than they are.
/// </para>
/// <para>
/// The rows are read anew for each trial: transform them once before, and put <c>mlContext.Data.Cache</c> in front where reading takes long. Judge the result
/// by rows that were not given to the search.
/// </para>
/// </remarks>
public static class SimpleNnTuningExtensions
{
    /// <summary>Searches for options of a <see cref="SimpleNnMulticlassTrainer"/>.</summary>
    /// <param name="catalog">The multiclass catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The rows, with the columns that the options name.</param>
    /// <param name="options">What the search begins with, and what it leaves as it is; null for the defaults.</param>
    /// <param name="settings">How much is tried; null for 27 configurations.</param>
    /// <returns>The best options, and all trials.</returns>
    /// <exception cref="ArgumentException">The options, or what the space has drawn, cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The rows are too few to compare options by.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before the options given were trained.</exception>
    /// <example>
    /// <code>
    /// var result = ml.MulticlassClassification.TuneSimpleNn(rows, settings: new() { NumberOfConfigurations = 3 });
    /// var model = ml.MulticlassClassification.Trainers.SimpleNn(result.Options).Fit(rows);
    /// </code>
    /// </example>
    public static TuningResult<SimpleNnMulticlassTrainer.Options> TuneSimpleNn(this MulticlassClassificationCatalog catalog, IDataView data,
        SimpleNnMulticlassTrainer.Options? options = null, TuningSettings<SimpleNnMulticlassTrainer.Options>? settings = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        return SimpleNnTuner<SimpleNnMulticlassTrainer.Options>.Run(catalog.GetEnvironment(), options ?? new(), settings ?? new(),
            trial => catalog.Trainers.SimpleNn(trial).Fit(data).Model.TrainingHistory);
    }

    /// <summary>Searches for options of a <see cref="SimpleNnBinaryTrainer"/>.</summary>
    /// <param name="catalog">The binary catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The rows, with the columns that the options name.</param>
    /// <param name="options">What the search begins with, and what it leaves as it is; null for the defaults.</param>
    /// <param name="settings">How much is tried; null for 27 configurations.</param>
    /// <returns>The best options, and all trials.</returns>
    /// <exception cref="ArgumentException">The options, or what the space has drawn, cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The rows are too few to compare options by.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before the options given were trained.</exception>
    /// <example>
    /// <code>
    /// var result = ml.BinaryClassification.TuneSimpleNn(rows, new() { LabelColumnName = "IsSpam" }, new() { NumberOfConfigurations = 3 });
    /// Console.WriteLine($"{result.Best.Description}: {result.Best.ValidationLoss:F4}, before {result.Given.ValidationLoss:F4}");
    /// </code>
    /// </example>
    public static TuningResult<SimpleNnBinaryTrainer.Options> TuneSimpleNn(this BinaryClassificationCatalog catalog, IDataView data,
        SimpleNnBinaryTrainer.Options? options = null, TuningSettings<SimpleNnBinaryTrainer.Options>? settings = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        return SimpleNnTuner<SimpleNnBinaryTrainer.Options>.Run(catalog.GetEnvironment(), options ?? new(), settings ?? new(),
            trial => catalog.Trainers.SimpleNn(trial).Fit(data).Model.SubModel.TrainingHistory);
    }

    /// <summary>Searches for options of a <see cref="SimpleNnRegressionTrainer"/>.</summary>
    /// <param name="catalog">The regression catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">The rows, with the columns that the options name.</param>
    /// <param name="options">What the search begins with, and what it leaves as it is; null for the defaults.</param>
    /// <param name="settings">How much is tried; null for 27 configurations.</param>
    /// <returns>The best options, and all trials.</returns>
    /// <exception cref="ArgumentException">The options, or what the space has drawn, cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The rows are too few to compare options by.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before the options given were trained.</exception>
    /// <example>
    /// <code>
    /// var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price" };
    /// var result = ml.Regression.TuneSimpleNn(rows, options, new() { NumberOfConfigurations = 3, Seed = 1 });
    /// </code>
    /// </example>
    public static TuningResult<SimpleNnRegressionTrainer.Options> TuneSimpleNn(this RegressionCatalog catalog, IDataView data,
        SimpleNnRegressionTrainer.Options? options = null, TuningSettings<SimpleNnRegressionTrainer.Options>? settings = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        return SimpleNnTuner<SimpleNnRegressionTrainer.Options>.Run(catalog.GetEnvironment(), options ?? new(), settings ?? new(),
            trial => catalog.Trainers.SimpleNn(trial).Fit(data).Model.TrainingHistory);
    }
}
