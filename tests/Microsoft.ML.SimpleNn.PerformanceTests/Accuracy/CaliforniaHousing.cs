using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The median house value of a district, in units of $100,000, from eight numbers.</summary>
internal sealed class CaliforniaHousing(string folder) : AccuracyTask("California housing", "random 80/20, the eight columns as they are", new Measure("RMSE", 0.53, LowerIsBetter: true))
{
    private const float Unit = 100_000;

    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var options = new SimpleNnRegressionTrainer.Options();
        configure(options);
        var ml = new MLContext(seed);
        var split = Split(ml, folder, seed);
        var model = ml.Regression.Trainers.SimpleNn(options).Fit(split.TrainSet);
        return [ml.Regression.Evaluate(model.Transform(split.TestSet)).RootMeanSquaredError];
    }

    /// <summary>The rows, with the columns Features and Label.</summary>
    public static DataOperationsCatalog.TrainTestData Split(MLContext ml, string folder, int seed)
    {
        IDataView districts = ml.Data.LoadFromTextFile<District>(Path.Combine(folder, "california-housing", "cal_housing.data"), separatorChar: ',');
        IDataView inUnits = ml.Transforms.CustomMapping<District, Price>((district, price) => price.Label = district.Value / Unit, contractName: null).Fit(districts).Transform(districts);
        return ml.Data.TrainTestSplit(inUnits, testFraction: 0.2, seed: seed);
    }

    private sealed class District
    {
        [LoadColumn(0, 7), VectorType(8)]
        public float[] Features { get; set; } = [];

        [LoadColumn(8)]
        public float Value { get; set; }
    }

    private sealed class Price
    {
        public float Label { get; set; }
    }
}
