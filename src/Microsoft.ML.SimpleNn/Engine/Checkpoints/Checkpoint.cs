namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What a training that was interrupted goes on from: the runs that have ended, with what came of them, and the state of the one under way. A training calls
/// for its runs in an order that depends on its options and data alone, so that a run is known by its number; everything that they decide is decided anew,
/// and what was trained is remembered.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    private const int MostPairs = 1000, MostRuns = 100_000, LongestValue = 100;

    private readonly CheckpointFile _file;
    private readonly CheckpointInterval _every;
    private readonly TimeProvider _clock;
    private readonly Action<string> _warn;
    private readonly List<RunCheckpoint> _runs = [];
    private readonly long _start;
    private List<KeyValuePair<string, string>> _identity;
    private StateReader? _reader;
    private long[] _begun = [];
    private long _spent, _written;
    private bool _isComplete, _hasNews;

    private Checkpoint(
        CheckpointFile file, CheckpointInterval every, IReadOnlyList<KeyValuePair<string, string>> identity, Action<string> warn, TimeProvider clock)
    {
        (_file, _every, _identity, _warn, _clock) = (file, every, [.. identity], warn, clock);
        _start = _written = clock.GetTimestamp();
    }

    /// <summary>Opens the checkpoint of a training, or makes it.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="every">How often it is written.</param>
    /// <param name="identity">Names and values by which the training is known: options and data that decide what comes of it.</param>
    /// <param name="warn">Is told what went wrong without ending the training.</param>
    /// <param name="clock">The clock; null for that of the system.</param>
    /// <exception cref="InvalidOperationException">
    /// The file is not a checkpoint, or that of another training which is not complete; the message has all differences.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Checkpoint Open(
        string path, CheckpointInterval every, IReadOnlyList<KeyValuePair<string, string>> identity, Action<string> warn, TimeProvider? clock = null)
    {
        var file = new CheckpointFile(path);
        var checkpoint = new Checkpoint(file, every, identity, warn, clock ?? TimeProvider.System);
        StateReader? reader = file.Open(warn);
        try
        {
            if (reader == null || !checkpoint.TryGoOn(reader)) file.Write(checkpoint.Transfer);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }

        return checkpoint;
    }

    /// <summary>What there was to go on from: the runs that are remembered. 0 for a training that begins.</summary>
    public int RememberedRuns => _begun.Length;

    /// <summary>
    /// The time that the training has taken, in this process and those before; while runs are remembered, the time when the next of them began, so that what is
    /// decided by time is decided as it was.
    /// </summary>
    public TimeSpan Spent => new(_runs.Count < _begun.Length ? _begun[_runs.Count] : _spent + _clock.GetElapsedTime(_start).Ticks);

    /// <summary>The next run of the training.</summary>
    public RunCheckpoint NextRun()
    {
        if (_hasNews) Save();
        TimeSpan begun = Spent;
        StateReader? reader = _runs.Count < _begun.Length ? _reader : null;
        var run = new RunCheckpoint(this, begun, reader, isLast: _runs.Count + 1 >= _begun.Length);
        _runs.Add(run);
        return run;
    }

    /// <summary>
    /// There are no more runs. If all have ended by themselves, the same call need not train any more, and a call of another training may take the file; else
    /// it may go on with the one that was stopped.
    /// </summary>
    public void Complete()
    {
        if (_isComplete || !_runs.TrueForAll(run => run.HasEndedByItself)) return;
        _isComplete = true;
        Save();
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => _reader?.Dispose();

    /// <summary>Whether it is time to write, some epochs after the last time in the same run.</summary>
    internal bool IsDue(int epochs) => _every.NumberOfEpochs is int count ? epochs >= count : _clock.GetElapsedTime(_written) >= _every.Time;

    /// <summary>Whether it may be time to write between epochs.</summary>
    internal bool GoesByTime => _every.Time != null;

    /// <summary>Writes. Where that fails the training goes on, and the checkpoint before can still be read.</summary>
    internal void Save()
    {
        try
        {
            _file.Write(Transfer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warn($"The checkpoint '{_file.Path}' could not be written, and the training goes on without it until the next: {e.Message}");
        }

        _hasNews = false;
        _written = _clock.GetTimestamp();
    }

    /// <summary>A run has taken what the file has of it.</summary>
    internal void EndReading(bool isLast)
    {
        if (!isLast) return;
        _reader?.Dispose();
        _reader = null;
    }

    /// <summary>A run has ended, which the file does not know yet.</summary>
    internal void HasNews() => _hasNews = true;

    /// <summary>Takes what the file has, or refuses it; false for a complete one of another training, which needs no protection.</summary>
    private bool TryGoOn(StateReader reader)
    {
        List<KeyValuePair<string, string>> wanted = _identity;
        TransferHeader(reader);
        string difference = Differences(wanted, _identity);
        bool isComplete = _isComplete;
        _identity = wanted;
        _reader = reader;
        if (_begun.Length == 0) EndReading(isLast: true); // nothing that a run could take
        if (difference.Length == 0) return true;
        if (!isComplete)
            throw new InvalidOperationException($"The checkpoint '{_file.Path}' is that of another training: {difference}. "
                + "Train as it was begun, give another path, or delete the file to begin anew.");
        _warn($"The checkpoint '{_file.Path}' is that of another training, which was complete: {difference}. The training begins anew, and takes its place.");
        (_begun, _spent, _isComplete) = ([], 0, false);
        EndReading(isLast: true);
        return false;
    }

    private void Transfer(StateTransfer state)
    {
        TransferHeader(state);
        foreach (RunCheckpoint run in _runs) run.Write(state);
    }

    private void TransferHeader(StateTransfer state)
    {
        List<KeyValuePair<string, string>> identity = state.IsReading ? [] : _identity;
        int pairs = state.Count(identity.Count, 2 * sizeof(int), "options");
        if (pairs > MostPairs) throw StateTransfer.Damaged($"it has {pairs} options");
        for (int i = 0; i < pairs; i++)
        {
            (string name, string value) = state.IsReading ? ("", "") : (identity[i].Key, identity[i].Value);
            state.Text(ref name);
            state.Text(ref value);
            if (state.IsReading) identity.Add(new(name, value));
        }

        _identity = identity;
        state.Flag(ref _isComplete);
        long spent = Spent.Ticks;
        state.Time(ref spent);
        int runs = state.Count(_runs.Count, sizeof(long), "runs");
        if (runs > MostRuns) throw StateTransfer.Damaged($"it has {runs} runs");
        long[] begun = state.IsReading ? new long[runs] : [.. _runs.Select(run => run.Begun.Ticks)];
        foreach (ref long ticks in begun.AsSpan()) state.Time(ref ticks);
        if (state.IsReading) (_spent, _begun) = (spent, begun);
    }

    private static string Differences(IReadOnlyList<KeyValuePair<string, string>> wanted, IReadOnlyList<KeyValuePair<string, string>> found)
    {
        IEnumerable<string> names = wanted.Concat(found).Select(pair => pair.Key).Distinct();
        return string.Join("; ", names.Where(name => ValueOf(wanted, name) != ValueOf(found, name))
            .Select(name => $"{name} is {Shortened(ValueOf(wanted, name))}, and there {Shortened(ValueOf(found, name))}"));
    }

    private static string ValueOf(IEnumerable<KeyValuePair<string, string>> pairs, string name) =>
        pairs.FirstOrDefault(pair => pair.Key == name).Value ?? "not given";

    private static string Shortened(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "...";
}
