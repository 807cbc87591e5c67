namespace Microsoft.ML.SimpleNn;

/// <summary>How long a run has taken, in this process and in those before it that it goes on from.</summary>
internal sealed class RunClock(TimeProvider provider) : IResumable
{
    private long _start = provider.GetTimestamp();
    private TimeSpan _before;

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed => _before + provider.GetElapsedTime(_start);

    public void Transfer(StateTransfer state)
    {
        long ticks = Elapsed.Ticks;
        state.Time(ref ticks);
        if (state.IsReading) (_start, _before) = (provider.GetTimestamp(), new TimeSpan(ticks));
    }
}
