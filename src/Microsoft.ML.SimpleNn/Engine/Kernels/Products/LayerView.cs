namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A dense layer's W and b, as the products read them.</summary>
/// <param name="layout">The layer's shape.</param>
/// <param name="parameters">The panels.</param>
internal readonly unsafe struct LayerView(PanelLayout layout, float* parameters)
{
    public PanelLayout Layout { get; } = layout;

    public float* Parameters { get; } = parameters;
}
