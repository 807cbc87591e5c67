using System.Diagnostics;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Trains the networks of an ensemble one after the other, and decides when it is enough: cancelled, or stopped by the listener, the ensemble has the
/// networks so far, of the last one its best epoch. The time budget is shared evenly; what one network leaves of its share goes to the others.
/// </summary>
internal sealed class EnsembleTraining(IChannel channel, SimpleNnOptionsBase options, Checkpoint? checkpoint = null)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<TrainedNetwork> _trained = [];

    /// <summary>By what the listener ends the whole training.</summary>
    public StopSignal StopSignal { get; } = new();

    /// <summary>The time that the training has taken, before it was interrupted too.</summary>
    private TimeSpan Spent => checkpoint?.Spent ?? Stopwatch.GetElapsedTime(_start);

    private bool IsEnded => options.CancellationToken.IsCancellationRequested || StopSignal.IsRequested;

    /// <summary>Trains the networks, one or more.</summary>
    /// <param name="train">Trains one: gets its number, from 0, and the time that it may take.</param>
    public IReadOnlyList<TrainedNetwork> Run(Func<int, TimeSpan?, TrainedNetwork> train)
    {
        try
        {
            do
            {
                TimeSpan? share = (options.TimeBudget - Spent) / (options.NumberOfNetworks - _trained.Count);
                if (share <= TimeSpan.Zero && _trained.Count > 0)
                    break;
                _trained.Add(train(_trained.Count, share > TimeSpan.Zero ? share : options.TimeBudget));
            }
            while (_trained.Count < options.NumberOfNetworks && !IsEnded);
        }
        catch (OperationCanceledException) when (_trained.Count > 0 && options.CancellationToken.IsCancellationRequested)
        {
            // The network in training had not ended an epoch; those before it are the ensemble.
        }
        if (_trained.Count < options.NumberOfNetworks)
            channel.Warning(MessageSensitivity.None, $"The training ended before all networks of the ensemble were trained: the model has {_trained.Count} " +
                $"of {options.NumberOfNetworks}.");
        return _trained;
    }
}
