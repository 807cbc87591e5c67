namespace DigitImages;

/// <summary>What the user gave cannot be used; the message is the sentence that the user reads.</summary>
internal sealed class InputException(string message) : Exception(message);
