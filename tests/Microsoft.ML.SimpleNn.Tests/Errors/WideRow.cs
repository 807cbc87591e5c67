using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>A row of many numbers.</summary>
public sealed class WideRow
{
    [VectorType(1000)]
    public float[] Features { get; set; } = [];

    public float Number { get; set; }
}
