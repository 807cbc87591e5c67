namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>The multiply-add rate, for each number of threads that is asked for.</summary>
internal sealed class Peaks : IDisposable
{
    private readonly Dictionary<int, FmaPeak> _ofThreads = [];

    /// <summary>The rate on so many threads.</summary>
    public FmaPeak this[int threads] => _ofThreads.TryGetValue(threads, out FmaPeak? peak) ? peak : _ofThreads[threads] = new FmaPeak(threads);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FmaPeak peak in _ofThreads.Values) peak.Dispose();
    }
}
