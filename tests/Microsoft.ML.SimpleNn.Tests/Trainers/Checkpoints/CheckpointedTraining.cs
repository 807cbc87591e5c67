using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A training that can be interrupted at any epoch, and what came of it.</summary>
/// <param name="create">Makes the options, the same each time.</param>
/// <param name="fit">Trains, by the options that it is given, and gives the networks and the history.</param>
internal sealed class CheckpointedTraining(
    Func<SimpleNnOptionsBase> create, Func<SimpleNnOptionsBase, (IReadOnlyList<Network> Networks, TrainingHistory History)> fit)
{
    /// <summary>The hash of all weights, and the history, of a training with nothing to interrupt it.</summary>
    public string Whole() => Describe(fit(create()));

    /// <summary>Trains with a checkpoint, and is interrupted where a listener hears of so many epochs, in all runs; whatever is thrown is swallowed.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="epochs">The epochs that are heard of; one more interrupts.</param>
    /// <param name="interrupt">Interrupts, with what the listener hears and what cancels.</param>
    /// <param name="change">Changes the options.</param>
    public void Interrupt(string path, int epochs, Action<EpochMetrics, CancellationTokenSource> interrupt, Action<SimpleNnOptionsBase>? change = null)
    {
        using var cancellation = new CancellationTokenSource();
        SimpleNnOptionsBase options = create();
        int heard = 0;
        (options.CheckpointPath, options.CancellationToken) = (path, cancellation.Token);
        options.Progress = new Listener(epoch => { if (++heard == epochs) interrupt(epoch, cancellation); });
        change?.Invoke(options);
        try
        {
            fit(options);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
        }
    }

    /// <summary>Trains with a checkpoint, to the end.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="epochs">How many epochs the listener heard of.</param>
    /// <param name="change">Changes the options.</param>
    public string GoOn(string path, out int epochs, Action<SimpleNnOptionsBase>? change = null)
    {
        SimpleNnOptionsBase options = create();
        int heard = 0;
        options.CheckpointPath = path;
        options.Progress = new Listener(_ => heard++);
        change?.Invoke(options);
        string result = Describe(fit(options));
        epochs = heard;
        return result;
    }

    private static string Describe((IReadOnlyList<Network> Networks, TrainingHistory History) trained)
    {
        IEnumerable<string> weights = trained.Networks.Select(network =>
        {
            float[] row = [.. Enumerable.Range(0, network.Inputs).Select(i => 0.37f * i - 2)], outputs = new float[network.Outputs];
            network.Predict(row, 1, outputs); // the stages too
            return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>([.. network.AllWeights(), .. outputs])));
        });
        IEnumerable<string> epochs = trained.History.Epochs.Select(epoch => $"{epoch with { Elapsed = default, StopSignal = Nobody }}");
        return string.Join('\n', [.. weights, $"{trained.History.StopReason}, best {trained.History.BestEpoch}", .. epochs]);
    }

    private static StopSignal Nobody { get; } = new();
}
