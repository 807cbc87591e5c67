namespace DigitDrawing.Server;

/// <summary>A body is no drawing. The message goes to the sender.</summary>
internal sealed class DrawingException(string message) : Exception(message);
