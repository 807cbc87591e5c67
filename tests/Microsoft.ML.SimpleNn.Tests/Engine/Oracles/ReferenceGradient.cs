using System.Text.Json.Serialization;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A layer's gradients in a <see cref="ReferenceCase"/>.</summary>
internal sealed class ReferenceGradient
{
    /// <summary>dW [outputs x inputs].</summary>
    [JsonPropertyName("W")]
    public required double[][] Weights { get; init; }

    /// <summary>db [outputs].</summary>
    [JsonPropertyName("b")]
    public required double[] Biases { get; init; }
}
