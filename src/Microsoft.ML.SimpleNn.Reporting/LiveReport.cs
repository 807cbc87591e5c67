using System.Diagnostics;
using System.Text;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.SimpleNn.Reporting;

namespace Microsoft.ML.SimpleNn;

/// <summary>A page with the curves of a training while it runs: a file that a browser loads again every two seconds.</summary>
/// <remarks>
/// Give it as the <c>Progress</c> of the options, open the file in a browser, and dispose it after Fit: the page then stays as it is. The file is replaced as a
/// whole, so that the browser never reads half of it, and at most twice a second. No server and no script is needed. An epoch that cannot be written, as on a
/// full disk, does not end the training: the next one is tried again.
/// </remarks>
/// <example>
/// <code>
/// using (var live = new LiveReport("training.html"))
/// {
///     var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", Progress = live };
///     model = ml.Regression.Trainers.SimpleNn(options).Fit(trainRows);
/// }
/// </code>
/// </example>
public sealed class LiveReport : IProgress<EpochMetrics>, IDisposable
{
    private const int ReloadSeconds = 2;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.5);
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly List<List<EpochMetrics>> _runs = [];
    private readonly Stopwatch _sinceWritten = new();
    private bool _isDisposed;

    /// <summary>Writes the page of a training that has not begun.</summary>
    /// <param name="filePath">The file. It need not exist; its folder must.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    public LiveReport(string filePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        _path = Path.GetFullPath(filePath);
        Write(isRunning: true);
    }

    /// <summary>Adds an epoch to the page.</summary>
    /// <param name="value">What the epoch gave.</param>
    /// <exception cref="ArgumentNullException">The epoch is null.</exception>
    public void Report(EpochMetrics value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            if (_isDisposed)
                return;
            if (_runs.Count == 0 || IsOfAnotherRun(value, _runs[^1][^1]))
                _runs.Add([]);
            _runs[^1].Add(value);
            if (_sinceWritten.Elapsed < ShortestPause)
                return;
            try
            {
                Write(isRunning: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A page is not worth a training; the next epoch writes it, or Dispose, which throws.
            }
        }
    }

    /// <summary>Writes the page of all epochs, which is no longer loaded again.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to.</exception>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Write(isRunning: false);
        }
    }

    private static bool IsOfAnotherRun(EpochMetrics next, EpochMetrics last) =>
        (next.EnsembleMember, next.Phase) != (last.EnsembleMember, last.Phase) || next.Epoch <= last.Epoch;

    private void Write(bool isRunning)
    {
        string page = Page(isRunning);
        AtomicFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        _sinceWritten.Restart();
    }

    private string Page(bool isRunning)
    {
        if (_runs.Count == 0)
            return Begin(isRunning ? "It has not ended its first epoch yet." : "No epoch was run.", isRunning).ToString();
        List<EpochMetrics> run = _runs[^1];
        EpochMetrics last = run[^1];
        string state = isRunning ? "It runs" : "It has ended";
        ReportPage page = Begin($"{state}: epoch {last.Epoch} of {last.NumberOfEpochs} at most, {Name(last)}, after {Number.Time(last.Elapsed)}.", isRunning);
        page.Add("Curves", html => html.Figures(TrainingSection.Charts(run, run.FindLast(epoch => epoch.IsBest)?.Epoch ?? 0)));
        page.Add("Epochs", html => html.Table(TrainingSection.Epochs(run)));
        if (_runs.Count > 1)
            page.Add("Earlier runs", html => html.Table(EarlierRuns()));
        return page.ToString();
    }

    private static ReportPage Begin(string subtitle, bool isRunning) => new("Training", subtitle) { ReloadEvery = isRunning ? ReloadSeconds : null };

    private Table EarlierRuns() => new("What was trained before, in order.", ["run", "epochs", "last training loss", "lowest validation loss"],
        [.. _runs.SkipLast(1).Select(run => (Cell[])
            [Name(run[^1]), run.Count, run[^1].TrainingLoss, run.Min(epoch => epoch.ValidationLoss) ?? double.NaN])]);

    private static string Name(EpochMetrics epoch)
    {
        string phase = epoch.Phase switch
        {
            TrainingPhase.Fold => "on a part of the rows, to choose how long",
            TrainingPhase.Refit => "on all rows",
            _ => "on the training rows",
        };
        return $"network {epoch.EnsembleMember} {phase}";
    }
}
