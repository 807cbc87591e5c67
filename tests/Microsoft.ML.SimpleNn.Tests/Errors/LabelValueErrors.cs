using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.SimpleNn.Tests.Errors.ErrorCase;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Labels of the right type whose values leave nothing to learn, or not what was asked.</summary>
internal static class LabelValueErrors
{
    public static readonly ErrorCase[] Cases =
    [
        new("a label vector that is null", "Label column 'OneHot' has no values, a vector that is null or empty, in row 6 of the training data (counted from 1), but declares 3: give every row 3, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Options = Label("OneHot"), Data = Rows(rows => rows[5].OneHot = null), Mended = Rows(rows => rows[5].OneHot = [float.NaN, float.NaN, float.NaN]),
        },
        new("a label vector that is longer than declared", "Label column 'OneHot' has 4 values in row 6 of the training data (counted from 1), but declares 3: give every row 3, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Options = Label("OneHot"), Data = Rows(rows => rows[5].OneHot = [1, 2, 3, 4]),
            Mended = ml => ml.Data.FilterByCustomPredicate<OneHotRow>(Rows(rows => rows[5].OneHot = [1, 2, 3, 4])(ml), row => row.OneHot?.Length != 3),
        },
        new("tags that are null", "Label column 'Flags' has no values, a vector that is null or empty, in row 6 of the training data (counted from 1), but declares 3: give every row 3, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Options = Label("Flags"), Data = Rows(rows => rows[5].Flags = null), Mended = Rows(rows => rows[5].Flags = [false, false, false]),
        },
        new("tags that are fewer than declared", "Label column 'Flags' has 1 value in row 6 of the training data (counted from 1), but declares 3: give every row 3, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Options = Label("Flags"), Data = Rows(rows => rows[5].Flags = [true]),
            Mended = ml => ml.Data.FilterByCustomPredicate<FlagsRow>(Rows(rows => rows[5].Flags = [true])(ml), row => row.Flags?.Length != 3),
        },
        new("a label that is infinite", "Label column 'Number' has Infinity in row 4 of the training data (counted from 1): correct the value, or make it NaN, which leaves it out.")
        {
            Data = Rows(rows => rows[3].Number = float.PositiveInfinity), Mended = Rows(rows => rows[3].Number = float.NaN),
        },
        new("a slot of a label vector that is infinite", "Label column 'OneHot' has -Infinity in row 4 of the training data (counted from 1), slot 2: correct the value, or make it NaN, which leaves it out.")
        {
            Options = Label("OneHot"), Data = Rows(rows => rows[3].OneHot = [0, 1, float.NegativeInfinity]), Mended = Rows(rows => rows[3].OneHot = [0, 1, float.NaN]),
        },
        new("a negative label with Loss.Poisson", "Label column 'Number' has -2.5 in row 4 of the training data (counted from 1), but Loss.Poisson is for counts and rates, 0 or more: take another loss, for example Loss.SquaredError.")
        {
            Options = options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.Poisson, Data = Rows(rows => rows[3].Number = -2.5f), Change = options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.SquaredError,
        },
        new("a label above 1 with Loss.SigmoidCrossEntropy", "Label column 'Number' has 10 in row 2 of the training data (counted from 1), but Loss.SigmoidCrossEntropy is for labels from 0 to 1: take another loss, for example Loss.SquaredError.")
        {
            Options = options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.SigmoidCrossEntropy, Change = options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.SquaredError,
        },
        new("a label that is missing in some rows", "1 of 60 rows of the training data have no label in column 'Number' and are left out.") { IsWarning = true, Data = Rows(rows => rows[3].Number = float.NaN) },
        new("a label that is missing in all rows", "No row of the training data can be used: 60 of 60 have no label in column 'Number'. A label is missing when it is empty or is not among the values that MapValueToKey was given.")
        {
            Data = Rows(rows => Array.ForEach(rows, row => row.Number = float.NaN)), Change = Label("Whole"), Transform = ml => ml.Transforms.Conversion.ConvertType("Whole"),
        },
        new("a slot of the label that is missing in all rows", "Label column 'OneHot' is missing in all training rows in slot 1: nothing can be learnt of it, and the model's prediction of it is NaN. Leave it out of the label.")
        {
            IsWarning = true, Options = Label("OneHot"), Data = Rows(rows => Array.ForEach(rows, row => row.OneHot![1] = float.NaN)),
        },
        new("a label that is the same in all rows", "Label column 'Number' is 1E-06 in all training rows: the model predicts that, whatever the features are. If it should differ, look at how the column is made.")
        {
            IsWarning = true, Data = Rows(rows => Array.ForEach(rows, row => row.Number = 1e-6f)),
        },
        new("a slot of the label that is the same in all rows", "Label column 'Flags' is the same in all training rows in slot 2 (0): the model predicts that, whatever the features are. If it should differ, look at how the column is made.")
        {
            IsWarning = true, Options = Label("Flags"), Data = Rows(rows => Array.ForEach(rows, row => row.Flags![2] = false)),
        },
        new("label of the binary trainer: true in all rows", "All rows to train on have the label true in column 'Flag': the model gives the same probability of true, 0.984, for every row. To tell true from false it needs rows of both. Under OneVersusAll that is a class without rows.")
        {
            IsWarning = true, Task = "binary", Data = Rows(rows => Array.ForEach(rows, row => row.Flag = true)),
        },
        new("label of the multiclass trainer: one class in all rows", "All rows with a label in column 'Key' are of one class, '2': a classifier needs rows of two classes or more.")
        {
            Task = "multiclass", Data = Rows(rows => Array.ForEach(rows, row => row.Key = 1)), Mended = Rows(rows => Array.ForEach(rows[5..], row => row.Key = 1)),
        },
        new("label of the multiclass trainer: a declared class without rows", "Label column 'Key' declares 3 classes; no training row is of '3'. The model can hardly predict it.")
        {
            IsWarning = true, Task = "multiclass", Data = Rows(rows => Array.ForEach(rows, row => row.Key = Math.Min(row.Key, 1))),
        },
        new("ClassWeights of a class that there is not", "ClassWeights names the class 'rose', which label column 'Key' does not have: it has '1', '2', '3'.")
        {
            Task = "multiclass", Options = options => ((SimpleNnClassifierOptionsBase)options).ClassWeights = new() { ["rose"] = 2 }, Change = options => ((SimpleNnClassifierOptionsBase)options).ClassWeights = new() { ["3"] = 2 },
        },
        new("ClassWeights that leave one class", "ClassWeights leaves training rows of one class only, '2': a classifier needs two classes or more with a weight above 0.")
        {
            Task = "multiclass", Options = options => ((SimpleNnClassifierOptionsBase)options).ClassWeights = new() { ["1"] = 0, ["3"] = 0 }, Change = options => ((SimpleNnClassifierOptionsBase)options).ClassWeights = new() { ["1"] = 0 },
        },
    ];

    private sealed class OneHotRow
    {
        public float[]? OneHot { get; set; }
    }

    private sealed class FlagsRow
    {
        public bool[]? Flags { get; set; }
    }
}
