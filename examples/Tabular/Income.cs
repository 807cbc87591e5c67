using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tabular;

/// <summary>Yes or no from numbers and categories, with values that are missing: UCI Adult, or people that are made up.</summary>
internal static class Income
{
    private static readonly string[] Numbers = [nameof(Person.Age), nameof(Person.EducationYears), nameof(Person.CapitalGain), nameof(Person.CapitalLoss), nameof(Person.Hours)];

    private static readonly string[] Categories =
        [nameof(Person.WorkClass), nameof(Person.MaritalStatus), nameof(Person.Occupation), nameof(Person.Relationship), nameof(Person.Sex), nameof(Person.Country)];

    public static void Run(MLContext ml, string? folder, string? report, TextWriter output)
    {
        (IDataView training, IDataView test) = Load(ml, folder);
        var features = Features(ml);

        output.WriteLine("Income above $50,000?");
        Report("linear (L-BFGS)", features.Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(training).Transform(test));
        var model = features.Append(ml.BinaryClassification.Trainers.SimpleNn()).Fit(training);
        Report("SimpleNn", model.Transform(test));
        if (report != null) ml.Model.WriteReport(model, report, test);

        void Report(string name, IDataView scored)
        {
            var metrics = ml.BinaryClassification.Evaluate(scored);
            output.WriteLine($"  {name,-16} accuracy {metrics.Accuracy:F4}, AUC {metrics.AreaUnderRocCurve:F4}, log-loss {metrics.LogLoss:F4}");
        }
    }

    /// <summary>The rows to train on and those to test by: of the folder, or made up.</summary>
    public static (IDataView Training, IDataView Test) Load(MLContext ml, string? folder) => folder == null
        ? (ml.Data.LoadFromEnumerable(MadePeople.Make(5000, seed: 1)), ml.Data.LoadFromEnumerable(MadePeople.Make(2000, seed: 2)))
        : (LoadFile(ml, Path.Combine(folder, "adult.data")), LoadFile(ml, Path.Combine(folder, "adult.test")));

    /// <summary>A missing number becomes the mean, and a column of its own says that it was missing; a missing category is a category.</summary>
    public static EstimatorChain<ColumnConcatenatingTransformer> Features(MLContext ml) => ml.Transforms.Conversion.MapValue("Label", new Dictionary<string, bool> { ["<=50K"] = false, [">50K"] = true, ["<=50K."] = false, [">50K."] = true }, nameof(Person.Income))
        .Append(ml.Transforms.Concatenate("Numbers", Numbers))
        .Append(ml.Transforms.IndicateMissingValues("Missing", "Numbers"))
        .Append(ml.Transforms.Conversion.ConvertType("Missing", outputKind: DataKind.Single))
        .Append(ml.Transforms.ReplaceMissingValues("Numbers", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
        .Append(ml.Transforms.Categorical.OneHotEncoding([.. Categories.Select(name => new InputOutputColumnPair(name))]))
        .Append(ml.Transforms.Concatenate("Features", ["Numbers", "Missing", .. Categories]))
        .AppendCacheCheckpoint(ml);

    private static IDataView LoadFile(MLContext ml, string file) =>
        // The last line is empty, and the first of adult.test a title: rows without an income.
        ml.Data.FilterByCustomPredicate(ml.Data.LoadFromTextFile<Person>(Existing(file), separatorChar: ',', trimWhitespace: true), (Person person) => person.Income.Length == 0);

    private static string Existing(string file) => File.Exists(file) ? file : throw new FileNotFoundException($"There is no file '{file}'.");
}
