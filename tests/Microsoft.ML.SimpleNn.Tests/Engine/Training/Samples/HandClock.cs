namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A clock that a test sets forward by hand; it counts seconds.</summary>
internal sealed class HandClock : TimeProvider
{
    public long Seconds { get; set; }

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Seconds;
}
