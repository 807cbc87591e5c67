using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Census data: does a person earn more than $50,000 a year? Six numbers, and eight columns of categories with some unknown.</summary>
internal sealed class Adult(string folder) : AccuracyTask("Adult", "adult.data, tested on adult.test; one-hot categories, numbers as they are",
    new("accuracy", 0.853), new("AUC", 0.908))
{
    private static readonly string[] Numbers = ["Age", "FinalWeight", "EducationYears", "CapitalGain", "CapitalLoss", "Hours"];
    private static readonly string[] Categories = ["WorkClass", "Education", "MaritalStatus", "Occupation", "Relationship", "Race", "Sex", "Country"];

    private static readonly (string Name, DataKind Kind)[] Columns =
    [
        ("Age", DataKind.Single), ("WorkClass", DataKind.String), ("FinalWeight", DataKind.Single), ("Education", DataKind.String), ("EducationYears", DataKind.Single),
        ("MaritalStatus", DataKind.String), ("Occupation", DataKind.String), ("Relationship", DataKind.String), ("Race", DataKind.String), ("Sex", DataKind.String),
        ("CapitalGain", DataKind.Single), ("CapitalLoss", DataKind.Single), ("Hours", DataKind.Single), ("Country", DataKind.String), ("Income", DataKind.String),
    ];

    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnBinaryTrainer.Options();
        configure(options);
        var pipeline = ml.Transforms.Conversion
            .MapValue("Label", new Dictionary<string, bool> { ["<=50K"] = false, [">50K"] = true, ["<=50K."] = false, [">50K."] = true }, "Income")
            .Append(ml.Transforms.Categorical.OneHotEncoding([.. Categories.Select(name => new InputOutputColumnPair(name))]))
            .Append(ml.Transforms.Concatenate("Features", [.. Numbers, .. Categories]))
            .AppendCacheCheckpoint(ml)
            .Append(ml.BinaryClassification.Trainers.SimpleNn(options));

        var metrics = ml.BinaryClassification.Evaluate(pipeline.Fit(Read(ml, "adult.data")).Transform(Read(ml, "adult.test")));
        return [metrics.Accuracy, metrics.AreaUnderRocCurve];
    }

    /// <summary>The rows of a file; the first line of adult.test and the empty one at each end are no rows.</summary>
    private IDataView Read(MLContext ml, string file)
    {
        var loader = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Separators = [','],
            TrimWhitespace = true,
            Columns = [.. Columns.Select((column, index) => new TextLoader.Column(column.Name, column.Kind, index))],
        });
        return ml.Data.FilterRowsByMissingValues(loader.Load(Path.Combine(folder, "adult", file)), Numbers);
    }
}
