using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tutorials;

/// <summary>The iris sample of ML.NET: which of three species is it, by the lengths and widths of sepal and petal?</summary>
internal static class Iris
{
    public static void Run(MLContext ml, string trainingFile, string testFile, TextWriter output)
    {
        IDataView training = ml.Data.LoadFromTextFile<IrisData>(trainingFile, hasHeader: true);
        IDataView test = ml.Data.LoadFromTextFile<IrisData>(testFile, hasHeader: true);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("KeyColumn", nameof(IrisData.Label))
            .Append(ml.Transforms.Concatenate("Features",
                nameof(IrisData.SepalLength), nameof(IrisData.SepalWidth), nameof(IrisData.PetalLength), nameof(IrisData.PetalWidth)))
            .AppendCacheCheckpoint(ml);

        output.WriteLine($"Iris, {training.GetColumn<float>("Label").Count()} flowers to learn from, {test.GetColumn<float>("Label").Count()} to test on");
        Report("SdcaMaximumEntropy", pipeline.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("KeyColumn")).Fit(training));
        Report("SimpleNn", pipeline.Append(ml.MulticlassClassification.Trainers.SimpleNn("KeyColumn")).Fit(training));

        void Report(string trainer, ITransformer model)
        {
            var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test), "KeyColumn");
            output.WriteLine($"  {trainer,-22} accuracy {metrics.MicroAccuracy:F4}, log-loss {metrics.LogLoss:F4}");
        }
    }

    /// <summary>A row of iris-train.txt.</summary>
    private sealed class IrisData
    {
        [LoadColumn(0)]
        public float Label { get; set; }

        [LoadColumn(1)]
        public float SepalLength { get; set; }

        [LoadColumn(2)]
        public float SepalWidth { get; set; }

        [LoadColumn(3)]
        public float PetalLength { get; set; }

        [LoadColumn(4)]
        public float PetalWidth { get; set; }
    }
}
