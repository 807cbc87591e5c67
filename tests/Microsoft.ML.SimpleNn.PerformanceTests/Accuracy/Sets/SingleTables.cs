namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>The tables that lie in folders of their own, and have no entry in specs.json.</summary>
internal static class SingleTables
{
    private static readonly Measure[] OfClasses = [Measure.Accuracy, Measure.LogLoss, Measure.CalibrationError];
    private static readonly Measure[] OfNumbers = [Measure.Rmse, Measure.R2];

    /// <summary>How each of them is read.</summary>
    public static TableSpec[] All { get; } =
    [
        new() // Does a person earn more than $50,000 a year? The first line of adult.test and the empty one at each end are no rows.
        {
            Name = "Adult", Group = AccuracySet.Choose, Problem = Problem.Binary, Measures = [Measure.Accuracy, Measure.Auc, Measure.LogLoss, Measure.CalibrationError],
            Files = [new("adult/adult.data", TableFile.Train), new("adult/adult.test", TableFile.Test)],
            Label = ["14"], Positive = [">50K", ">50K."], Categorical = ["1", "3", "5", "6", "7", "8", "9", "13"], DropsIncompleteRows = true,
        },
        California,
        new() // Breast cancer, benign or malignant.
        {
            Name = "WDBC, 10 folds", Group = AccuracySet.Confirm, Problem = Problem.Multiclass, Measures = OfClasses,
            Files = [new("wdbc/wdbc.data")], Label = ["1"], Drop = ["0"], Folds = 10,
        },
        new() // Handwritten digits in 8x8 pixels.
        {
            Name = "optdigits, 10 folds", Group = AccuracySet.Choose, Problem = Problem.Multiclass, Measures = OfClasses,
            Files = [new("optdigits/optdigits.tra"), new("optdigits/optdigits.tes")], Label = ["64"], Folds = 10,
        },
        new() // The same digits, tested on other writers.
        {
            Name = "optdigits, other writers", Group = AccuracySet.Choose, Problem = Problem.Multiclass, Measures = OfClasses,
            Files = [new("optdigits/optdigits.tra", TableFile.Train), new("optdigits/optdigits.tes", TableFile.Test)], Label = ["64"],
        },
        new()
        {
            Name = "SMS spam", Group = AccuracySet.Choose, Problem = Problem.Binary, Measures = [Measure.F1, .. OfClasses],
            Files = [new("sms-spam/SMSSpamCollection")], Separator = '\t', Label = ["0"], Positive = ["spam"], Text = ["1"],
        },
        new()
        {
            Name = "letter-recognition", Group = AccuracySet.Choose, Problem = Problem.Multiclass, Measures = OfClasses,
            Files = [new("letter-recognition/letter-recognition.data")], Label = ["0"],
        },
        new()
        {
            Name = "covertype-20k", Group = AccuracySet.Confirm, Problem = Problem.Multiclass, Measures = OfClasses,
            Files = [new("covertype-20k/covtype.20k.data")], Label = ["54"],
        },
        new() // The age of shellfish in rings.
        {
            Name = "abalone", Group = AccuracySet.Confirm, Problem = Problem.Regression, Measures = OfNumbers,
            Files = [new("abalone/abalone.data")], Label = ["8"], Categorical = ["0"],
        },
        Wine("white", AccuracySet.Choose),
        Wine("red", AccuracySet.Confirm),
    ];

    /// <summary>The median house value of a district, in units of $100,000.</summary>
    public static TableSpec California => new()
    {
        Name = "California housing",
        Group = AccuracySet.Choose,
        Problem = Problem.Regression,
        Measures = OfNumbers,
        Files = [new("california-housing/cal_housing.data")],
        Label = ["8"],
        LabelUnit = 100_000,
    };

    private static TableSpec Wine(string colour, string group) => new()
    {
        Name = $"winequality-{colour}",
        Group = group,
        Problem = Problem.Regression,
        Measures = OfNumbers,
        Files = [new($"winequality/winequality-{colour}.csv")],
        Separator = ';',
        IsQuoted = true,
        HasHeader = true,
        Label = ["quality"],
    };
}
