using DigitDrawing.Digits;
using DigitDrawing.Model;
using DigitDrawing.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

/// <summary>The server of the example, on a port that is free, with a network that has learned some digits in a few seconds.</summary>
internal sealed class DrawingApp : IAsyncDisposable
{
    private static readonly Lazy<ITransformer> Trained = new(Train);

    private readonly RecognizerPool _recognizers = new(new MLContext(seed: 1), Model, size: 2);
    private readonly WebApplication _server;

    private DrawingApp()
    {
        _server = DrawingServer.Create(_recognizers, port: 0);
    }

    public static ITransformer Model => Trained.Value;

    public Uri Address => new(_server.Urls.Single());

    public static async Task<DrawingApp> StartAsync()
    {
        var app = new DrawingApp();
        await app._server.StartAsync();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _recognizers.Dispose();
    }

    private static ITransformer Train()
    {
        var ml = new MLContext(seed: 1);
        SimpleNnMulticlassTrainer.Options options = DigitTraining.Options();
        options.HiddenLayers = [128, 64];
        return DigitTraining.Fit(ml, ml.Data.LoadFromEnumerable(MadeDigits.Make(perDigit: 300, seed: 3)), options);
    }
}
