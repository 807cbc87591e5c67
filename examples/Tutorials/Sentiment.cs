using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tutorials;

/// <summary>The sentiment tutorial of ML.NET: is a sentence about a restaurant praise or blame?</summary>
internal static class Sentiment
{
    public static void Run(MLContext ml, string file, TextWriter output)
    {
        var data = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<SentimentData>(file, hasHeader: false), testFraction: 0.2);
        var pipeline = ml.Transforms.Text.FeaturizeText("Features", nameof(SentimentData.SentimentText));

        output.WriteLine($"Sentiment, {Count(data.TrainSet)} sentences to learn from, {Count(data.TestSet)} to test on");
        Report("SdcaLogisticRegression", pipeline.Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(data.TrainSet));
        Report("SimpleNn", pipeline.Append(ml.BinaryClassification.Trainers.SimpleNn()).Fit(data.TrainSet));

        static int Count(IDataView sentences) => sentences.GetColumn<bool>("Label").Count();

        void Report(string trainer, ITransformer model)
        {
            var metrics = ml.BinaryClassification.Evaluate(model.Transform(data.TestSet));
            output.WriteLine($"  {trainer,-22} accuracy {metrics.Accuracy:F4}, AUC {metrics.AreaUnderRocCurve:F4}, "
                + $"F1 {metrics.F1Score:F4}, log-loss {metrics.LogLoss:F4}");
        }
    }

    /// <summary>A line of yelp_labelled.txt.</summary>
    private sealed class SentimentData
    {
        [LoadColumn(0)]
        public string SentimentText { get; set; } = "";

        [LoadColumn(1), ColumnName("Label")]
        public bool Sentiment { get; set; }
    }
}
