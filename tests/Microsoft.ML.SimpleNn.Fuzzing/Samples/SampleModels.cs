using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>A small model of every kind that there is: what is saved of them is kept for ever (tests/.../Models/Saved), and altered by the fuzzer.</summary>
public static class SampleModels
{
    private const int TrainingRows = 84;
    private const int Epochs = 3;
    private const string Label = "Label";

    /// <summary>The kinds, by name.</summary>
    public static IReadOnlyDictionary<string, Func<MLContext, ITransformer>> Kinds { get; } = new Dictionary<string, Func<MLContext, ITransformer>>
    {
        ["multiclass"] = ml => Multiclass(ml, new()),
        ["multiclass-ensemble"] = ml => Multiclass(ml, new() { EnsembleSize = 3 }),
        ["multiclass-state"] = ml => Multiclass(ml, new() { KeepOptimizerState = true }),
        ["multiclass-sparse"] = ml => Multiclass(ml, new() { KeepOptimizerState = true }, RowKind.Sparse),
        ["binary"] = ml => Binary(ml, new()),
        ["binary-amsgrad"] = ml => Binary(ml, new() { KeepOptimizerState = true, Optimizer = new AdamOptimizer { AmsGrad = true } }),
        ["binary-missing"] = ml => Binary(ml, new(), RowKind.Missing),
        ["binary-sparse"] = ml => Binary(ml, new() { HiddenLayers = [] }, RowKind.Sparse),
        ["regression"] = ml => Regression(ml, new(), nameof(SampleRow.Number)),
        ["regression-poisson"] = ml => Regression(ml, new() { Loss = Loss.Poisson }, nameof(SampleRow.Number)),
        ["regression-quantiles"] = ml => Regression(ml, new() { Loss = Loss.Quantile(0.25f, 0.75f) }, nameof(SampleRow.Number)),
        ["regression-vector"] = ml => Regression(ml, new() { EnsembleSize = 2, KeepOptimizerState = true, Optimizer = new SgdOptimizer { Momentum = 0.5f } }, nameof(SampleRow.Numbers)),
        ["regression-labels"] = ml => Regression(ml, new(), nameof(SampleRow.Labels)),
        ["autoencoder"] = Autoencoder,
        ["encoding"] = ml => ml.Transforms.SimpleNnEncode("Code", nameof(SampleRow.Features), AutoencoderOptions()).Fit(SampleRows.Load(ml, TrainingRows, RowKind.Dense)),
    };

    /// <summary>The rows that a kind takes.</summary>
    public static RowKind RowsOf(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.EndsWith("-sparse", StringComparison.Ordinal) ? RowKind.Sparse : kind.EndsWith("-missing", StringComparison.Ordinal) ? RowKind.Missing : RowKind.Dense;
    }

    /// <summary>Trains a model and saves it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="scores">The scores of the model that was saved, see <see cref="Scores"/>.</param>
    /// <returns>The bytes of the zip.</returns>
    public static byte[] Save(string kind, out float[] scores)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = Kinds[kind](ml);
        scores = Scores(ml, model, RowsOf(kind));
        using var stream = new MemoryStream();
        ml.Model.Save(model, SampleRows.Load(ml, 1, RowsOf(kind)).Schema, stream);
        return stream.ToArray();
    }

    /// <summary>What a model makes of ten rows: the scores, or the codes, of one after the other.</summary>
    public static float[] Scores(MLContext ml, ITransformer model, RowKind rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        IDataView scored = model.Transform(SampleRows.Load(ml, 10, rows));
        string column = scored.Schema.GetColumnOrNull("Code") is null ? "Score" : "Code";
        return scored.Schema[column].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column).SelectMany(row => row)]
            : [.. scored.GetColumn<float>(column)];
    }

    private static ITransformer Multiclass(MLContext ml, SimpleNnMulticlassTrainer.Options options, RowKind rows = RowKind.Dense)
    {
        Set(options);
        IDataView texts = SampleRows.Load(ml, TrainingRows, rows);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey(Label, nameof(SampleRow.Class)).Fit(texts).Transform(texts);
        return ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(keyed);
    }

    private static ITransformer Binary(MLContext ml, SimpleNnBinaryTrainer.Options options, RowKind rows = RowKind.Dense)
    {
        Set(options);
        options.LabelColumnName = nameof(SampleRow.Flag);
        return ml.BinaryClassification.Trainers.SimpleNn(options).Fit(SampleRows.Load(ml, TrainingRows, rows));
    }

    private static ITransformer Regression(MLContext ml, SimpleNnRegressionTrainer.Options options, string label)
    {
        Set(options);
        options.LabelColumnName = label;
        return ml.Regression.Trainers.SimpleNn(options).Fit(SampleRows.Load(ml, TrainingRows, RowKind.Dense));
    }

    private static ITransformer Autoencoder(MLContext ml) =>
        ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(AutoencoderOptions()).Fit(SampleRows.Load(ml, TrainingRows, RowKind.Dense));

    private static SimpleNnAutoencoderTrainer.Options AutoencoderOptions()
    {
        var options = new SimpleNnAutoencoderTrainer.Options();
        SetCommon(options);
        options.HiddenLayers = [2];
        return options;
    }

    private static void Set(SimpleNnSupervisedOptionsBase options)
    {
        SetCommon(options);
        if (options.HiddenLayers is not { Length: 0 })
            options.HiddenLayers = [4, 3];
    }

    private static void SetCommon(SimpleNnOptionsBase options)
    {
        options.NumberOfEpochs = Epochs;
        options.BatchSize = 16;
        options.Seed = 1;
        options.EarlyStopping = false;
        options.NumberOfThreads = 1;
    }
}
