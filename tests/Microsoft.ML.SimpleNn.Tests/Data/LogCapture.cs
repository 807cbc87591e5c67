using Microsoft.ML.Runtime;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Keeps what is written on the log of an <see cref="MLContext"/>.</summary>
internal sealed class LogCapture
{
    private readonly List<(ChannelMessageKind Kind, string Message)> _lines = [];

    public LogCapture(MLContext ml)
    {
        ml.Log += (_, line) =>
        {
            if (line.Source.StartsWith("SimpleNn", StringComparison.Ordinal))
                lock (_lines)
                    _lines.Add((line.Kind, line.RawMessage));
        };
    }

    public string[] Info => Of(ChannelMessageKind.Info);

    public string[] Warnings => Of(ChannelMessageKind.Warning);

    private string[] Of(ChannelMessageKind kind)
    {
        lock (_lines)
            return _lines.Where(line => line.Kind == kind).Select(line => line.Message).ToArray();
    }
}
