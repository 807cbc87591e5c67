using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.SimpleNn.Tests.Errors.ErrorCase;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Rows and weights that cannot be used, validation data that does not go with the training data, rows that their source cannot give.</summary>
internal static class RowErrors
{
    public static readonly ErrorCase[] Cases =
    [
        new("no rows", "The training data has no rows: check the file name or the filters before the trainer.") { Data = ml => ml.Data.LoadFromEnumerable(Array.Empty<ErrorRow>()), Mended = Rows(_ => { }) },
        new("no such weight column", "There is no weight column 'Mass' in the data, which has 'Features', 'Number': name another column, or none.")
        {
            Options = Weight("Mass"), Data = Few, Change = Weight(null),
        },
        new("weights: Double", "Weight column 'Real' is Double, but must be Single: make it one with mlContext.Transforms.Conversion.ConvertType(\"Real\", outputKind: DataKind.Single).")
        {
            Options = Weight("Real"), Transform = ml => ml.Transforms.Conversion.ConvertType("Real"),
        },
        new("weights: String", "Weight column 'Written' is String, but must be Single: make it one with mlContext.Transforms.Conversion.ConvertType(\"Written\", outputKind: DataKind.Single).")
        {
            Options = Weight("Written"), Transform = ml => ml.Transforms.Conversion.ConvertType("Written"),
        },
        new("weights: a vector", "Weight column 'OneHot' is Vector<Single>, but must be Single: a row has one weight, so name a column of one number.") { Options = Weight("OneHot"), Change = Weight("Weight") },
        new("weights: DateTime", "Weight column 'Moment' is DateTime, but must be Single: make it one with mlContext.Transforms.CustomMapping.")
        {
            Options = Weight("Moment"), Transform = ml => ml.Transforms.CustomMapping<MomentRow, Months>((row, months) => months.Moment = row.Moment.Month, null),
        },
        new("a weight that is negative", "Weight column 'Weight' has -0.5 in row 2 of the training data (counted from 1): a weight is a finite number, 0 or more, and 0 leaves the row out. Correct it before the trainer.")
        {
            Options = Weight("Weight"), Data = Rows(rows => rows[1].Weight = -0.5f), Mended = Rows(rows => rows[1].Weight = 0),
        },
        new("a weight that is NaN", "Weight column 'Weight' has NaN in row 2 of the training data (counted from 1): a weight is a finite number, 0 or more, and 0 leaves the row out. Correct it before the trainer.")
        {
            Options = Weight("Weight"), Data = Rows(rows => rows[1].Weight = float.NaN), Transform = ml => ml.Transforms.ReplaceMissingValues("Weight"),
        },
        new("all weights 0", "No row of the training data can be used: all 60 have the weight 0.") { Options = Weight("Weight"), Data = Rows(rows => Array.ForEach(rows, row => row.Weight = 0)), Change = Weight(null) },
        new("a row that its source cannot give", "Row 8 of the training data (counted from 1) cannot be read: The line has no number. Correct the row, or the file that it comes from, or leave it out before the trainer.")
        {
            Data = ml => ml.Data.LoadFromEnumerable(Broken(ErrorRow.Rows(), at: 7)), Mended = Rows(rows => rows[7].Number = float.NaN),
        },
        new("a row whose features throw", "Row 8 of the training data (counted from 1) cannot be read in column 'Mapped': The text 'blue' has no number. Correct the row, or the file that it comes from, or leave it out before the trainer.")
        {
            Options = Features("Mapped"), Data = ml => Mapped(ml, Rows(rows => rows[7].Colour = "blue?")(ml)), Mended = ml => Mapped(ml, Rows(_ => { })(ml)),
        },
        new("validation rows with another number of features", "Feature column 'Features' has 4 features in the validation data and 3 in the training data: prepare both with the same pipeline.")
        {
            Act = (ml, one) => Fit(ml, one.Data(ml), Wider(ml)), ActMended = (ml, one) => Fit(ml, Wider(ml), Wider(ml)),
        },
        new("a validation label of another type", "Label column 'Number' is Vector<Single, 1> in the validation data and Single in the training data: prepare both with the same pipeline.")
        {
            Act = (ml, one) => Fit(ml, one.Data(ml), ml.Transforms.Concatenate("Number", "Number").Fit(one.Data(ml)).Transform(one.Data(ml))), ActMended = (ml, one) => Fit(ml, one.Data(ml), one.Data(ml)),
        },
        new("validation rows with another number of classes", "Label column 'Colour' has 2 classes in the validation data and 3 in the training data: prepare both with the same fitted MapValueToKey.")
        {
            Act = (ml, _) => FitClasses(ml, Keys(ml, ErrorRow.Rows()), Keys(ml, ErrorRow.Rows().Where(row => row.Colour != "red"))), ActMended = (ml, _) => FitClasses(ml, Keys(ml, ErrorRow.Rows()), Keys(ml, ErrorRow.Rows())),
        },
        new("validation rows with the classes in another order", "Class 1 of label column 'Colour' is 'blue' in the validation data and 'red' in the training data: prepare both with the same fitted MapValueToKey.")
        {
            Act = (ml, _) => FitClasses(ml, Keys(ml, ErrorRow.Rows()), Keys(ml, Enumerable.Reverse(ErrorRow.Rows()))), ActMended = (ml, _) => FitClasses(ml, Keys(ml, ErrorRow.Rows()), Keys(ml, ErrorRow.Rows())),
        },
        new("a layer of too many weights", "A layer of 3 inputs and 2147483647 outputs has more than the about 1073741824 weights that a layer may have: use fewer features, fewer units in HiddenLayers or fewer classes.")
        {
            Options = options => (options.HiddenLayers, options.NormalizeFeatures) = ([int.MaxValue], false), Change = options => options.HiddenLayers = [4],
        },
        new("a learning rate so large that the training diverges", "Training diverged: the loss was Infinity in epoch 1, minibatch 2. Try a smaller learning rate than 1.5E+30, keep NormalizeFeatures on, and look for extreme values in the features.")
        {
            Options = options => (options.Optimizer, options.BatchSize) = (new SgdOptimizer { LearningRate = 1.5e30f }, 16), Change = options => options.Optimizer = new SgdOptimizer(),
        },
        new("a learning rate so small that nothing is learnt", "The loss of the trained network, 166.7 on the training rows, is far above 66.67, that of predicting the mean of the label, or the frequencies of its classes, for every row: " +
            "the training did not succeed. Try a larger learning rate than 1E-09, or more epochs; keep NormalizeFeatures on.")
        {
            IsWarning = true, Options = options => (options.Optimizer, ((SimpleNnRegressionTrainer.Options)options).NormalizeLabel) = (new AdamWOptimizer { LearningRate = 1e-9f, Parametrization = Parametrization.NeuralTangent }, false),
            Change = options => (options.Optimizer, ((SimpleNnRegressionTrainer.Options)options).NormalizeLabel) = (new AdamWOptimizer { LearningRate = 0.01f, Parametrization = Parametrization.NeuralTangent }, false),
        },
        new("rows read anew that are sorted by their label", "The 1100 rows of the training data are read anew in each epoch, and are in an order of their label 'Number': rows near each other have labels that are alike. " +
            "Only some 1048 rows are in memory and shuffled at a time, so that the model may be much worse than of mixed rows: put the rows of the data in a random order once, or raise MemoryBudget.")
        {
            IsWarning = true, Options = options => (options.MemoryBudget, options.NumberOfEpochs) = (1, 1), Data = ml => Wide(ml, row => row), Mended = ml => Wide(ml, row => row * 367 % 1100),
        },
    ];

    /// <summary>1,100 rows of 1,000 numbers, which are more than a pool; the label of a row is its place in the order.</summary>
    private static IDataView Wide(MLContext ml, Func<int, int> order) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1100).Select(row => new WideRow { Number = order(row), Features = [.. Enumerable.Range(0, 1000).Select(slot => (float)(order(row) + slot))] }));

    private static Action<SimpleNnOptionsBase> Weight(string? column) => options => options.ExampleWeightColumnName = column;

    private static void Fit(MLContext ml, IDataView training, IDataView validation) =>
        ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Number", HiddenLayers = [2], NumberOfEpochs = 2 }).Fit(training, validation);

    private static void FitClasses(MLContext ml, IDataView training, IDataView validation) =>
        ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Colour", HiddenLayers = [2], NumberOfEpochs = 2 }).Fit(training, validation);

    private static IDataView Keys(MLContext ml, IEnumerable<ErrorRow> rows)
    {
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Colour").Fit(data).Transform(data);
    }

    private static IDataView Wider(MLContext ml)
    {
        IDataView data = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.Concatenate("Features", "Features", "Weight").Fit(data).Transform(data);
    }

    private static IDataView Few(MLContext ml)
    {
        IDataView all = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.SelectColumns("Features", "Number").Fit(all).Transform(all);
    }

    /// <summary>Rows of a source that fails, as a file does that ends in the middle of a line.</summary>
    private static IEnumerable<ErrorRow> Broken(ErrorRow[] rows, int at)
    {
        for (int i = 0; i < rows.Length; i++) yield return i == at ? throw new InvalidDataException("The line has no number.") : rows[i];
    }

    /// <summary>A column that a function of the user's makes.</summary>
    private static IDataView Mapped(MLContext ml, IDataView data) => ml.Transforms.CustomMapping<ColourRow, MappedRow>(
        (row, mapped) => mapped.Mapped = row.Colour is "red" or "green" or "blue" ? [row.Colour.Length] : throw new InvalidDataException($"The text '{row.Colour.TrimEnd('?')}' has no number."), null).Fit(data).Transform(data);

    private sealed class Months
    {
        public float Moment { get; set; }
    }

    private sealed class ColourRow
    {
        public string Colour { get; set; } = "";
    }

    private sealed class MappedRow
    {
        [VectorType(1)]
        public float[] Mapped { get; set; } = [];
    }
}
