namespace Microsoft.ML.SimpleNn;

/// <summary>What a checkpoint has of one run: its state while it is under way, and what came of it when it has ended.</summary>
/// <param name="whole">The checkpoint.</param>
/// <param name="begun">The time that the training had taken when the run began.</param>
/// <param name="reader">Where the run is remembered; null for a run that begins.</param>
/// <param name="isLast">Whether it is the last run that is remembered.</param>
internal sealed class RunCheckpoint(Checkpoint whole, TimeSpan begun, StateReader? reader, bool isLast)
{
    private RunState? _state;
    private FinishedRun? _finished;
    private int _writtenEpoch;
    private bool _isRemembered = reader != null;

    /// <summary>The time that the training had taken when the run began.</summary>
    public TimeSpan Begun => begun;

    /// <summary>Whether the run has ended, and nobody has stopped it.</summary>
    public bool HasEndedByItself => _finished != null && !IsStop(_finished.History.StopReason);

    /// <summary>Whether a run that ends so may go on.</summary>
    public static bool IsStop(StopReason reason) => reason is StopReason.Cancelled or StopReason.StopRequested or StopReason.TimeBudget;

    /// <summary>
    /// What came of the run, where it has ended already; the network, and the options' memory of the optimizer, get what they had then. Else null.
    /// </summary>
    /// <param name="network">The network, of the shape that the run would train.</param>
    /// <param name="options">The run's options.</param>
    public FinishedRun? Recall(Network network, TrainingOptions options)
    {
        if (reader == null) return null;
        bool hasEnded = false;
        reader.Flag(ref hasEnded);
        if (!hasEnded && !isLast) throw StateTransfer.Damaged($"a run that has not ended is followed by another");
        if (!hasEnded) return null;
        _finished = new FinishedRun(network, options);
        _finished.Transfer(reader);
        EndReading();
        return _finished;
    }

    /// <summary>Begins the run, or goes on where it was.</summary>
    /// <param name="state">Its state, as it would begin; it gets what is remembered.</param>
    public void Begin(RunState state)
    {
        if (_isRemembered)
        {
            state.Transfer(reader!);
            EndReading();
        }

        (_state, _writtenEpoch) = (state, state.Place.Epoch);
    }

    /// <summary>To be called where an epoch begins: writes, if it is time.</summary>
    public void AtEpoch()
    {
        if (_state!.Place.Epoch > _writtenEpoch && whole.IsDue(_state.Place.Epoch - _writtenEpoch)) Save();
    }

    /// <summary>To be called where a minibatch is done: writes, if it is time.</summary>
    public void AtMinibatch()
    {
        if (whole.GoesByTime && whole.IsDue(0)) Save();
    }

    /// <summary>Writes where the run is, for it may go on from here. What stops before it has begun leaves the file as it was.</summary>
    public void Save()
    {
        if (_state == null) return;
        whole.Save();
        _writtenEpoch = _state.Place.Epoch;
    }

    /// <summary>The run has ended. The file learns of it with the next run, or when the training is complete.</summary>
    public void Finish(FinishedRun finished)
    {
        (_state, _finished) = (null, finished);
        whole.HasNews();
    }

    /// <summary>Writes what there is of the run.</summary>
    internal void Write(StateTransfer state)
    {
        bool hasEnded = _finished != null;
        state.Flag(ref hasEnded);
        if (hasEnded) _finished!.Transfer(state);
        else _state!.Transfer(state);
    }

    private void EndReading()
    {
        _isRemembered = false;
        whole.EndReading(isLast);
    }
}
