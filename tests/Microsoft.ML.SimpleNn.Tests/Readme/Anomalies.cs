namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Anomalies, and few features from many.</summary>
internal static class Anomalies
{
    public static (IDataView Scored, float[] Blame, IDataView ScoredByStricter, IEstimator<ITransformer> Pipeline) Run(MLContext ml, IDataView normalRows, IDataView rows, float[] row)
    {
        // shown begin
        var model = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder().Fit(normalRows);
        IDataView scored = model.Transform(rows);                    // Score: the error; PredictedLabel: whether it is above the threshold
        float[] blame = model.Model.ScoreByFeature(row);             // which features make a row strange; also Encode, Reconstruct, Score
        var stricter = ml.AnomalyDetection.ChangeModelThreshold(model, 2 * model.Model.Threshold);

        var pipeline = ml.Transforms.SimpleNnEncode("Code", "Features")            // the bottleneck's 8 numbers, learned within the pipeline,
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Code"));   // for any other trainer
        // shown end

        return (scored, blame, stricter.Transform(rows), pipeline);
    }
}
