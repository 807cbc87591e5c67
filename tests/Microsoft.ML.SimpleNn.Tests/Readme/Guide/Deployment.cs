using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 10: a web app with a pool of prediction engines, and ONNX.</summary>
internal static class Deployment
{
    public static async Task Run()
    {
        TrainFruit();
        string[] args = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning"];

        // shown begin
        var builder = WebApplication.CreateBuilder(args);
        var ml = new MLContext();
        ITransformer model = ml.Model.Load("fruit.zip", out _);
        builder.Services.AddSingleton<ObjectPool<PredictionEngine<Fruit, Guess>>>(
            new DefaultObjectPool<PredictionEngine<Fruit, Guess>>(new EnginePolicy(ml, model)));

        var app = builder.Build();
        app.MapPost("/predict", (Fruit fruit, ObjectPool<PredictionEngine<Fruit, Guess>> engines) =>
        {
            var engine = engines.Get();
            Guess guess = engine.Predict(fruit);
            engines.Return(engine);
            return guess;
        });
        // shown end

        await using (app)
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using HttpResponseMessage response = await client.PostAsJsonAsync("/predict", new { weight = 125, length = 17 });
            Guess guess = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Guess>())!;
            Assert.AreEqual("banana", guess.PredictedLabel);
        }

        // shown begin
        var classifier = ((TransformerChain<ITransformer>)model).OfType<ISingleFeaturePredictionTransformer<object>>().Single();
        ((SimpleNnMulticlassModelParameters)classifier.Model).SaveAsOnnx("fruit.onnx");

        using var session = new InferenceSession("fruit.onnx");
        var row = new DenseTensor<float>(new float[] { 125, 17 }, [1, 2]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("Features", row)], ["Score"]);
        Console.WriteLine(string.Join("  ", results[0].AsEnumerable<float>().Select(probability => $"{probability:F2}")));
        // shown end
    }

    /// <summary>The model of examples/QuickStart, with fewer rows.</summary>
    private static void TrainFruit()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 150).Select(i => (i % 3) switch
        {
            0 => new Fruit(About(180), About(8), "apple"),
            1 => new Fruit(About(120), About(18), "banana"),
            _ => new Fruit(About(100), About(8), "lemon"),
        }).ToArray());
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(ml.Transforms.Concatenate("Features", "Weight", "Length"))
            .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [32], learningRate: 0.01f))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ml.Model.Save(pipeline.Fit(rows), rows.Schema, "fruit.zip");

        float About(float usual) => usual * (0.8f + 0.4f * random.NextSingle());
    }
}

// shown begin
internal sealed class EnginePolicy(MLContext ml, ITransformer model) : PooledObjectPolicy<PredictionEngine<Fruit, Guess>>
{
    public override PredictionEngine<Fruit, Guess> Create() => ml.Model.CreatePredictionEngine<Fruit, Guess>(model);
    public override bool Return(PredictionEngine<Fruit, Guess> engine) => true;
}
// shown end

/// <summary>A row of examples/QuickStart.</summary>
internal sealed record Fruit(float Weight, float Length, string Kind);

/// <summary>What its model says of one.</summary>
internal sealed class Guess
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
