namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A part of a run that is written and read again.</summary>
internal static class Resumed
{
    /// <summary>Writes one and reads it into another.</summary>
    /// <returns>The other.</returns>
    public static T From<T>(T written, T read)
        where T : IResumable
    {
        using StateReader reader = Written(written.Transfer);
        read.Transfer(reader);
        return read;
    }

    /// <summary>Writes a clock at a moment, and reads it at the present one.</summary>
    public static void From(RunClock clock, long at, RunClock into, HandClock time)
    {
        long now = time.Seconds;
        time.Seconds = at;
        using StateReader reader = Written(clock.Transfer);
        time.Seconds = now;
        into.Transfer(reader);
    }

    /// <summary>What was written, to be read.</summary>
    public static StateReader Written(Action<StateTransfer> write)
    {
        var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        write(writer);
        writer.WriteHash();
        stream.Position = 0;
        return new StateReader(stream);
    }
}
