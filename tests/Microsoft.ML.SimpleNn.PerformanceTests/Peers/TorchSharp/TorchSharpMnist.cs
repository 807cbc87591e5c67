using System.Diagnostics;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Mnist;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A bare loop in libtorch: all rows in a tensor, shuffled and gathered a minibatch at a time; nothing measured, nothing reported.</summary>
internal sealed class TorchSharpMnist : MnistRun
{
    private const int Pixels = 28 * 28;

    public override string Name => "TorchSharp, a bare loop";

    public override (double Seconds, double Accuracy) Run(string folder, int threads)
    {
        set_num_threads(threads);
        using DisposeScope ofRun = NewDisposeScope(); // holds every tensor, and disposes of it
        (Tensor x, Tensor classes) = Read(folder, "train");
        (Tensor testX, Tensor testClasses) = Read(folder, "t10k");
        using Sequential network = nn.Sequential(nn.Linear(Pixels, HiddenUnits), nn.ReLU(), nn.Linear(HiddenUnits, 10));
        using optim.Optimizer adam = optim.Adam(network.parameters(), lr: new AdamOptimizer().LearningRate);

        long start = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            using DisposeScope ofEpoch = NewDisposeScope();
            Tensor[] batches = randperm(x.shape[0]).split(BatchSize);
            foreach (Tensor rows in batches)
            {
                using DisposeScope ofBatch = NewDisposeScope();
                Tensor loss = nn.functional.cross_entropy(network.forward(x.index_select(0, rows)), classes.index_select(0, rows));
                adam.zero_grad();
                loss.backward();
                adam.step();
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var mode = inference_mode();
        return (seconds, network.forward(testX).argmax(1).eq(testClasses).to(ScalarType.Float32).mean().item<float>());
    }

    private static (Tensor X, Tensor Classes) Read(string folder, string set)
    {
        Digit[] digits = Digit.Read(folder, set);
        float[] features = new float[digits.Length * Pixels];
        for (int row = 0; row < digits.Length; row++) digits[row].Features.CopyTo(features, row * Pixels);
        return (tensor(features, [digits.Length, Pixels]), tensor(Array.ConvertAll(digits, digit => (long)digit.Label)));
    }
}
