namespace Microsoft.ML.SimpleNn.Tests.Readme;

[TestClass]
public sealed class OptionSearchTests
{
    [TestMethod]
    public void The_lines_on_searches_find_options_and_train_with_them()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(CatalogRow.Rows()), keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);

        Assert.IsNotNull(OptionSearch.OnAPage(ml, rows).Transform(rows).Schema.GetColumnOrNull("Score"));
        Assert.IsNotNull(OptionSearch.Classes(ml, keyed).Transform(keyed).Schema.GetColumnOrNull("PredictedLabel"));
        Assert.IsLessThanOrEqualTo(0, OptionSearch.YesOrNo(ml, rows));
        Assert.AreEqual(1 + 3 + 1, OptionSearch.Numbers(ml, rows));
        CollectionAssert.AreEqual(new[] { "LearningRate", "WeightDecay", "HiddenLayers", "Dropout", "Activation", "InputDropout" }, OptionSearch.Space(new()).ToArray());
    }
}
