using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>A table of numbers, categories, dates or text, made into features as a user of ML.NET would.</summary>
/// <param name="spec">How it is read.</param>
/// <param name="folder">The folder of its files.</param>
internal class TableSet(TableSpec spec, string folder) : AccuracySet(spec.Name, spec.Group, spec.Problem, spec.Measures)
{
    private const double TestFraction = 0.2;

    /// <summary>Whether its features are made from text.</summary>
    public bool IsText => spec.Text.Length > 0;

    public override IReadOnlyList<Split> Split(MLContext ml, int seed)
    {
        var reader = new TableReader(spec, folder);
        IDataView[] parts = reader.Read(ml);
        if (parts is [IDataView train, IDataView test]) return [Featurize(ml, reader, train, test)];
        IDataView all = ml.Data.Cache(parts[0]);
        IEnumerable<DataOperationsCatalog.TrainTestData> splits = spec.Folds > 0
            ? ml.Data.CrossValidationSplit(all, spec.Folds, seed: seed)
            : [ml.Data.TrainTestSplit(all, TestFraction, seed: seed)];
        return [.. splits.Select(split => Featurize(ml, reader, split.TrainSet, split.TestSet))];
    }

    private Split Featurize(MLContext ml, TableReader reader, IDataView train, IDataView test)
    {
        ITransformer features = Features(ml, reader).Fit(train);
        return Sets.Split.Create(ml, features.Transform(train), features.Transform(test), IsText);
    }

    private static IEstimator<ITransformer> Features(MLContext ml, TableReader reader)
    {
        if (reader.Text.Count > 0) return ml.Transforms.Text.FeaturizeText("Features", reader.Text[0]);
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        foreach (string date in reader.Dates)
        {
            pipeline = pipeline.Append(ml.Transforms.CopyColumns(nameof(DateColumn.Date), date))
                .Append(ml.Transforms.CustomMapping<DateColumn, DateParts>((from, to) => to.Fill(from.Date), contractName: null))
                .Append(ml.Transforms.CopyColumns(date, nameof(DateParts.Parts)));
        }

        if (reader.Categories.Count > 0) pipeline = pipeline.Append(ml.Transforms.Categorical.OneHotEncoding([.. reader.Categories.Select(name => new InputOutputColumnPair(name))]));
        return pipeline.Append(ml.Transforms.Concatenate("Features", [.. reader.Numbers, .. reader.Dates, .. reader.Categories]));
    }
}
