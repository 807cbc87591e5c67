namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>What a mapping of the user's reads of an <see cref="ErrorRow"/>.</summary>
public sealed class MomentRow
{
    public DateTime Moment { get; set; }
}
