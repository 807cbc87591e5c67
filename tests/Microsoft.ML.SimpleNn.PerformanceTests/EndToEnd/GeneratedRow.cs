using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>A row of the generated file.</summary>
internal sealed class GeneratedRow
{
    public const int FeatureCount = 784;

    public bool Label { get; set; }

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = new float[FeatureCount];
}
