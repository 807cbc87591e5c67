namespace Microsoft.ML.SimpleNn.Tests.Tuning;

/// <summary>Hears of trials on the thread that trains.</summary>
internal sealed class TrialListener<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
