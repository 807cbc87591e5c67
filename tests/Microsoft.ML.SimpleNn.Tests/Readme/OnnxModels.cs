namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Models out to ONNX, and networks back.</summary>
internal static class OnnxModels
{
    public static float[] Run(MLContext ml, IDataView rows, float[] row)
    {
        // shown begin
        var model = ml.BinaryClassification.Trainers.SimpleNn().Fit(rows);
        model.Model.SaveAsOnnx("model.onnx");                  // features as they are in the data go in; PredictedLabel, Score and Probability come out

        Network network = OnnxNetwork.Load("network.onnx");    // dense layers of PyTorch or scikit-learn, to score or to train on
        float[] scores = new float[network.Outputs];
        network.Predict(row, rows: 1, scores);
        // shown end

        return scores;
    }

    public static void Convert(MLContext ml, IDataView houses)
    {
        // shown begin
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Town")
            .Append(ml.Transforms.Concatenate("Features", "Area", "Rooms", "Town"))
            .Append(ml.Regression.Trainers.SimpleNn("Price"));
        var model = pipeline.Fit(houses);

        using FileStream file = File.Create("houses.onnx");
        ml.Model.ConvertToOnnx(model, houses, file);           // from Town, Area and Rooms to Score.output
        // shown end
    }
}
