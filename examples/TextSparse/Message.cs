using Microsoft.ML.Data;

namespace TextSparse;

/// <summary>A text message; in a file, a line of "spam" or "ham", a tab, and the text.</summary>
internal sealed class Message
{
    [LoadColumn(0)]
    public string Kind { get; set; } = "";

    [LoadColumn(1)]
    public string Text { get; set; } = "";
}
