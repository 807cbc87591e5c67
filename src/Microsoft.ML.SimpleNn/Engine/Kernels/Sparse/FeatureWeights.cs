namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Where a sparse product finds the weights from a feature to a panel's outputs: in the layer's panels, or feature by feature in rows as wide as all outputs.
/// After the last feature come the biases.
/// </summary>
internal readonly unsafe struct FeatureWeights
{
    private readonly PanelLayout _layout;
    private readonly float* _first;
    private readonly int _count;
    private readonly bool _inPanels;

    private FeatureWeights(PanelLayout layout, float* first, int count, bool inPanels)
    {
        _layout = layout;
        _first = first;
        _count = count;
        _inPanels = inPanels;
    }

    /// <summary>All features' weights in a layer's panels.</summary>
    public static FeatureWeights InPanels(PanelLayout layout, float* parameters) => new(layout, parameters, layout.Inputs, inPanels: true);

    /// <summary>Some features' weights in rows [count + 1 x padded outputs].</summary>
    public static FeatureWeights InRows(PanelLayout layout, float* rows, int count) => new(layout, rows, count, inPanels: false);

    /// <summary>The layer's shape.</summary>
    public PanelLayout Layout => _layout;

    /// <summary>The weights from the first feature to the outputs of a panel.</summary>
    public float* First(int panel) => _first + (_inPanels ? _layout.Offset(panel) : panel * PanelLayout.FullWidth);

    /// <summary>From a feature's weights to the next one's.</summary>
    public nint Stride(int panel) => _inPanels ? _layout.Width(panel) : _layout.PaddedOutputs;

    /// <summary>The biases of a panel's outputs.</summary>
    public float* Biases(int panel) => First(panel) + _count * Stride(panel);
}
