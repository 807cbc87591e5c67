namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>The lines of README.md on autoencoders. The text between the marks stands there word for word, which a test checks.</summary>
internal static class Anomalies
{
    public static (IDataView Scored, float[] Blame, IDataView ScoredByStricter, IEstimator<ITransformer> Pipeline) Run(MLContext ml, IDataView normalRows, IDataView rows, float[] row)
    {
        // README begin
        var model = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder().Fit(normalRows);
        IDataView scored = model.Transform(rows);                    // Score: the error; PredictedLabel: whether it is above the threshold
        float[] blame = model.Model.ScoreByFeature(row);             // which features make a row strange; also Encode, Reconstruct, Score
        var stricter = ml.AnomalyDetection.ChangeModelThreshold(model, 2 * model.Model.Threshold);

        var pipeline = ml.Transforms.SimpleNnEncode("Code", "Features")            // the bottleneck's 8 numbers, learnt within the pipeline,
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Code"));   // for any other trainer
        // README end

        return (scored, blame, stricter.Transform(rows), pipeline);
    }
}
