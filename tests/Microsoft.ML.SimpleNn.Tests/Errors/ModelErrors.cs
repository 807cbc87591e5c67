using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Models that cannot be trained further, and scores that cannot be judged.</summary>
internal static class ModelErrors
{
    public static readonly ErrorCase[] Cases =
    [
        new("Fit(data, model) with other classes", "The given model cannot be trained further: it tells 'red', 'green', 'blue' apart, but label column 'Colour' has 'red', 'green', so that the model knows 'blue' besides. " +
            "Give it data whose label was made in the same way as that of the model, for example by the MapValueToKey that was fitted with it, or train a new model.")
        {
            Act = (ml, _) => GoOn(ml, Keys(ml, row => row.Colour != "blue")), ActMended = (ml, _) => GoOn(ml, Mapping(ml).Transform(ml.Data.LoadFromEnumerable(ErrorRow.Rows().Where(row => row.Colour != "blue")))),
        },
        new("Fit(data, model) with other hidden layers", "The given model cannot be trained further: its network is 3-2-3 with ReLU, but data and options ask for 3-5-3 with ReLU. " +
            "Give the trainer the hidden layers and the activation of the model, and data with the same features and as many classes or numbers in the label.")
        {
            Act = (ml, _) => GoOn(ml, Keys(ml), [5]), ActMended = (ml, _) => GoOn(ml, Keys(ml), [2]),
        },
        new("Fit(data, model) with another EnsembleSize", "The given model cannot be trained further: it has 1 network, but EnsembleSize is 2. Set EnsembleSize to 1.")
        {
            Act = (ml, _) => GoOn(ml, Keys(ml), ensembleSize: 2), ActMended = (ml, _) => GoOn(ml, Keys(ml)),
        },
        new("EvaluateOutputs: no such label column", "There is no label column 'Price' in the data, which has 'Label', 'Score', 'Tags', 'Weight'.")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml), "Price"), ActMended = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml), "Label"),
        },
        new("EvaluateOutputs: labels of Boolean", "Label column 'Tags' is Vector<Boolean, 2>, but must be Single, or a vector of it of known size: make it one with mlContext.Transforms.Conversion.ConvertType(\"Tags\", outputKind: DataKind.Single).")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml), "Tags"), ActMended = (ml, _) => ml.Regression.EvaluateOutputs(ml.Transforms.Conversion.ConvertType("Tags").Fit(Scored(ml)).Transform(Scored(ml)), "Tags"),
        },
        new("EvaluateOutputs: a label vector of another length than declared", "Label column 'Label' has 1 value in row 2 of the data to evaluate (counted from 1), but declares 2: give every row 2, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => rows[1].Label = [1])), ActMended = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => rows[1].Label = [1, float.NaN])),
        },
        new("EvaluateLabels: tags that are null", "Label column 'Tags' has no values, a vector that is null or empty, in row 3 of the data to evaluate (counted from 1), but declares 2: give every row 2, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Act = (ml, _) => ml.Regression.EvaluateLabels(Scored(ml, rows => rows[2].Tags = null), "Tags"),
            ActMended = (ml, _) => ml.Regression.EvaluateLabels(ml.Data.FilterByCustomPredicate<ScoredRow>(Scored(ml, rows => rows[2].Tags = null), row => row.Tags?.Length != 2), "Tags"),
        },
        new("EvaluateOutputs: a score that is NaN", "Score column 'Score' has NaN in row 2 of the data to evaluate (counted from 1), slot 1, because a feature of the row is missing or infinite, or because the model was trained without any label of the slot: fill it before the model, or leave such rows out.")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => rows[1].Score[1] = float.NaN)),
            ActMended = (ml, _) => ml.Regression.EvaluateOutputs(ml.Data.FilterRowsByMissingValues(Scored(ml, rows => rows[1].Score[1] = float.NaN), "Score")),
        },
        new("EvaluateOutputs: a label that is missing in all rows", "Slot 1 of label column 'Label' is missing in all rows, so nothing can be said of it: leave the slot out.")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => Array.ForEach(rows, row => row.Label[1] = float.NaN))),
        },
        new("EvaluateOutputs: no rows", "There are no rows to evaluate: check the file name, the filters or the weights.") { Act = (ml, _) => ml.Regression.EvaluateOutputs(ml.Data.LoadFromEnumerable(Array.Empty<ScoredRow>())) },
        new("EvaluateOutputs: a weight that is negative", "Weight column 'Weight' has -0.5 in row 2 of the data to evaluate (counted from 1): a weight is a finite number, 0 or more.")
        {
            Act = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => rows[1].Weight = -0.5f), exampleWeightColumnName: "Weight"),
            ActMended = (ml, _) => ml.Regression.EvaluateOutputs(Scored(ml, rows => rows[1].Weight = 0), exampleWeightColumnName: "Weight"),
        },
        new("EvaluateQuantiles: a score without the probabilities", "Score column 'Score' has no slot names, which say the probability of each quantile: give the column as the model makes it.")
        {
            Act = (ml, _) => ml.Regression.EvaluateQuantiles(Scored(ml), "Weight"),
        },
        new("EvaluateQuantiles: a label of several numbers", "Label column 'Label' is Vector<Single, 2>, but quantiles are those of one number, a Single: name another column.") { Act = (ml, _) => ml.Regression.EvaluateQuantiles(Scored(ml)) },
    ];

    private static Transforms.ValueToKeyMappingTransformer Mapping(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Colour").Fit(ml.Data.LoadFromEnumerable(ErrorRow.Rows()));

    private static IDataView Keys(MLContext ml, Func<ErrorRow, bool>? which = null)
    {
        IDataView data = ml.Data.LoadFromEnumerable(ErrorRow.Rows().Where(which ?? (_ => true)));
        return ml.Transforms.Conversion.MapValueToKey("Colour").Fit(data).Transform(data);
    }

    private static void GoOn(MLContext ml, IDataView data, int[]? layers = null, int ensembleSize = 1)
    {
        SimpleNnMulticlassTrainer Trainer(int[] hidden, int size) => ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            LabelColumnName = "Colour",
            HiddenLayers = hidden,
            NumberOfEpochs = 2,
            EarlyStopping = false,
            EnsembleSize = size,
        });
        Trainer(layers ?? [2], ensembleSize).Fit(data, Trainer([2], 1).Fit(Keys(ml)).Model);
    }

    private static IDataView Scored(MLContext ml, Action<ScoredRow[]>? change = null)
    {
        ScoredRow[] rows = [.. Enumerable.Range(0, 6).Select(i => new ScoredRow { Label = [i, 2 * i], Score = [i / 10f, i / 20f], Tags = [i % 2 == 0, i > 2] })];
        change?.Invoke(rows);
        return ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class ScoredRow
    {
        [Microsoft.ML.Data.VectorType(2)]
        public float[] Label { get; set; } = [];

        [Microsoft.ML.Data.VectorType(2)]
        public float[] Score { get; set; } = [];

        [Microsoft.ML.Data.VectorType(2)]
        public bool[]? Tags { get; set; }

        public float Weight { get; set; } = 1;
    }
}
