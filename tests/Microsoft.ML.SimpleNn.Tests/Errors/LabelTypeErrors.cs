using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.SimpleNn.Tests.Errors.ErrorCase;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Label columns that are missing or of a type that the trainer does not take.</summary>
internal static class LabelTypeErrors
{
    private const string
        TakeKeys = "take the label as it was before MapValueToKey, or train with mlContext.MulticlassClassification.Trainers.SimpleNn, which takes keys",
        TakeVector = "train with mlContext.Regression.Trainers.SimpleNn, which takes a vector of Single or Boolean of known size";

    public static readonly ErrorCase[] Cases =
    [
        new("no such label column", "There is no label column 'Price' in the data, which has 'Features', 'Number': name another column with LabelColumnName, or the argument labelColumnName.")
        {
            Options = Label("Price"), Data = Few, Change = Label("Number"),
        },

        Binary("Number", "Single", "make one, of 0 and 1 or of -1 and 1 with mlContext.Transforms.Expression(\"Number\", \"x => x > 0\", \"Number\"), of 1 and 2 with mlContext.Transforms.Expression(\"Number\", \"x => x > 1\", \"Number\")",
            ml => ml.Transforms.Expression("Number", "x => x > 0", "Number")),
        Binary("Sign", "Single", "make one, of 0 and 1 or of -1 and 1 with mlContext.Transforms.Expression(\"Sign\", \"x => x > 0\", \"Sign\"), of 1 and 2 with mlContext.Transforms.Expression(\"Sign\", \"x => x > 1\", \"Sign\")",
            ml => ml.Transforms.Expression("Sign", "x => x > 0", "Sign"), ", -1 and 1"),
        Binary("OneOrTwo", "Single", "make one, of 0 and 1 or of -1 and 1 with mlContext.Transforms.Expression(\"OneOrTwo\", \"x => x > 0\", \"OneOrTwo\"), of 1 and 2 with mlContext.Transforms.Expression(\"OneOrTwo\", \"x => x > 1\", \"OneOrTwo\")",
            ml => ml.Transforms.Expression("OneOrTwo", "x => x > 1", "OneOrTwo"), ", 1 and 2"),
        Binary("Whole", "Int32", "make one, of 0 and 1 or of -1 and 1 with mlContext.Transforms.Expression(\"Whole\", \"x => x > 0\", \"Whole\"), of 1 and 2 with mlContext.Transforms.Expression(\"Whole\", \"x => x > 1\", \"Whole\")",
            ml => ml.Transforms.Expression("Whole", "x => x > 0", "Whole")),
        Binary("Small", "Byte", "make one, of 0 and 1 or of -1 and 1 with mlContext.Transforms.Conversion.ConvertType(\"Small\", outputKind: DataKind.Single) and mlContext.Transforms.Expression(\"Small\", \"x => x > 0\", \"Small\"), " +
            "of 1 and 2 with mlContext.Transforms.Conversion.ConvertType(\"Small\", outputKind: DataKind.Single) and mlContext.Transforms.Expression(\"Small\", \"x => x > 1\", \"Small\")",
            ml => ml.Transforms.Conversion.ConvertType("Small").Append(ml.Transforms.Expression("Small", "x => x > 0", "Small"))),
        Binary("YesNo", "String", "make one with mlContext.Transforms.Conversion.MapValue(\"YesNo\", new Dictionary<string, bool> { [\"yes\"] = true, [\"no\"] = false })",
            ml => ml.Transforms.Conversion.MapValue("YesNo", new Dictionary<string, bool> { ["yes"] = true, ["no"] = false })),
        Binary("Key", "Key<UInt32>", TakeKeys) with { OtherTask = "multiclass" },
        Binary("Flags", "Vector<Boolean>", $"of several labels for a row, {TakeVector}") with { OtherTask = "regression" },
        Binary("OneHot", "Vector<Single>", $"of several labels for a row, {TakeVector}") with { OtherTask = "regression" },
        Binary("Moment", "DateTime", "make one with mlContext.Transforms.CustomMapping", ml => ml.Transforms.CustomMapping<MomentRow, Early>((row, early) => early.Moment = row.Moment.Month > 2, null)),

        Multiclass("Colour", "String"),
        Multiclass("Number", "Single"),
        Multiclass("Whole", "Int32"),
        Multiclass("Flag", "Boolean"),
        Multiclass("Moment", "DateTime"),
        new("label of the multiclass trainer: Vector<Single>, one-hot", "Label column 'OneHot' is Vector<Single>, but a classifier of several classes needs a key: of a one-hot encoding take the column that it was made of, " +
            $"with mlContext.Transforms.Conversion.MapValueToKey(\"OneHot\"); where a row can have several labels, {TakeVector}.")
        {
            Task = "multiclass", Options = Label("OneHot"), Transform = ml => ml.Transforms.Conversion.MapValueToKey("OneHot", "Colour"),
        },
        new("label of the multiclass trainer: Vector<Boolean>", "Label column 'Flags' is Vector<Boolean>, but a classifier of several classes needs a key: of a one-hot encoding take the column that it was made of, " +
            $"with mlContext.Transforms.Conversion.MapValueToKey(\"Flags\"); where a row can have several labels, {TakeVector}.")
        {
            Task = "multiclass", Options = Label("Flags"), OtherTask = "regression",
        },
        new("label of the multiclass trainer: a key of too many values", "Label column 'Colour' is a key of 1073741824 values, but a network may have at most 16777216 classes: map the labels that occur in the data to keys with mlContext.Transforms.Conversion.MapValueToKey(\"Colour\").")
        {
            Task = "multiclass", Options = Label("Colour"), Data = Hashed, Mended = ml => ml.Data.LoadFromEnumerable(ErrorRow.Rows()), Transform = ml => ml.Transforms.Conversion.MapValueToKey("Colour"),
        },

        Regression("Colour", "String", "of numbers written as text make one with mlContext.Transforms.Conversion.ConvertType(\"Colour\", outputKind: DataKind.Single); of the names of classes make a key with " +
            "mlContext.Transforms.Conversion.MapValueToKey(\"Colour\"), and train with mlContext.MulticlassClassification.Trainers.SimpleNn", ml => ml.Transforms.Conversion.MapValueToKey("Colour"), ", names of classes") with { OtherTask = "multiclass" },
        Regression("Written", "String", "of numbers written as text make one with mlContext.Transforms.Conversion.ConvertType(\"Written\", outputKind: DataKind.Single); of the names of classes make a key with " +
            "mlContext.Transforms.Conversion.MapValueToKey(\"Written\"), and train with mlContext.MulticlassClassification.Trainers.SimpleNn", ml => ml.Transforms.Conversion.ConvertType("Written"), ", numbers as text"),
        Regression("Real", "Double", "make one before the trainer with mlContext.Transforms.Conversion.ConvertType(\"Real\", outputKind: DataKind.Single)", ml => ml.Transforms.Conversion.ConvertType("Real")),
        Regression("Whole", "Int32", "make one before the trainer with mlContext.Transforms.Conversion.ConvertType(\"Whole\", outputKind: DataKind.Single)", ml => ml.Transforms.Conversion.ConvertType("Whole")),
        Regression("Reals", "Vector<Double>", "make one before the trainer with mlContext.Transforms.Conversion.ConvertType(\"Reals\", outputKind: DataKind.Single)", ml => ml.Transforms.Conversion.ConvertType("Reals")),
        Regression("Flag", "Boolean", "train with mlContext.BinaryClassification.Trainers.SimpleNn, which takes a Boolean") with { OtherTask = "binary" },
        Regression("Key", "Key<UInt32>", TakeKeys) with { OtherTask = "multiclass" },
        Regression("Loose", "VarVector<Single>", "state the size where the column is made, for example [VectorType(size)] on the class's property") with { Mended = Sized },
        Regression("Moment", "DateTime", "make one with mlContext.Transforms.CustomMapping, for example of a time the days since the first",
            ml => ml.Transforms.CustomMapping<MomentRow, Days>((row, days) => days.Moment = row.Moment.DayOfYear, null)),
        new("label of Booleans with a loss for numbers", "Label column 'Flags' is Vector<Boolean>, but option Loss is one for numbers: leave the option null, which means cross-entropy for Booleans.")
        {
            Options = Label("Flags") + (options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.SquaredError), Change = options => ((SimpleNnRegressionTrainer.Options)options).Loss = null,
        },
        new("label of several numbers with IntervalCoverage", "Label column 'OneHot' is Vector<Single>, but IntervalCoverage makes the interval of one number: leave the option null, or give a label of Single.")
        {
            Options = Label("OneHot") + (options => ((SimpleNnRegressionTrainer.Options)options).IntervalCoverage = 0.9f), Change = options => ((SimpleNnRegressionTrainer.Options)options).IntervalCoverage = null,
        },
        new("label of several numbers with several quantiles", "Label column 'OneHot' is Vector<Single>, but Loss.Quantile with several probabilities needs one number, whose quantiles it learns: give it one probability, or a label of Single.")
        {
            Options = Label("OneHot") + (options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.Quantile(0.1f, 0.9f)), Change = options => ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.Quantile(0.5f),
        },
    ];

    private static ErrorCase Binary(string column, string type, string remedy, Func<MLContext, IEstimator<ITransformer>>? transform = null, string detail = "") => new(
        $"label of the binary trainer: {type}{detail}", $"Label column '{column}' is {type}, but a binary classifier needs a Boolean: {remedy}.")
    { Task = "binary", Options = Label(column), Transform = transform };

    private static ErrorCase Multiclass(string column, string type) => new(
        $"label of the multiclass trainer: {type}", $"Label column '{column}' is {type}, but a classifier of several classes needs a key: make one with mlContext.Transforms.Conversion.MapValueToKey(\"{column}\") before the trainer.")
    {
        Task = "multiclass",
        Options = Label(column),
        Transform = ml => ml.Transforms.Conversion.MapValueToKey(column),
    };

    private static ErrorCase Regression(string column, string type, string remedy, Func<MLContext, IEstimator<ITransformer>>? transform = null, string detail = "") => new(
        $"label of the regression trainer: {type}{detail}", $"Label column '{column}' is {type}, but a regression needs a Single, or a vector of known size of Single or Boolean: {remedy}.")
    { Options = Label(column), Transform = transform };

    private static IDataView Few(MLContext ml)
    {
        IDataView all = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.SelectColumns("Features", "Number").Fit(all).Transform(all);
    }

    private static IDataView Hashed(MLContext ml)
    {
        IDataView all = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.Conversion.Hash("Colour", numberOfBits: 30).Fit(all).Transform(all);
    }

    private static IDataView Sized(MLContext ml)
    {
        var schema = Microsoft.ML.Data.SchemaDefinition.Create(typeof(ErrorRow));
        schema["Loose"].ColumnType = new Microsoft.ML.Data.VectorDataViewType(Microsoft.ML.Data.NumberDataViewType.Single, 3);
        return ml.Data.LoadFromEnumerable(ErrorRow.Rows(), schema);
    }

    private sealed class Early
    {
        public bool Moment { get; set; }
    }

    private sealed class Days
    {
        public float Moment { get; set; }
    }
}
