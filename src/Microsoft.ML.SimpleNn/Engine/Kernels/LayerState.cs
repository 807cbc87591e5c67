namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A layer's parameters and what the optimizer remembers for each, all laid out alike.</summary>
internal unsafe struct LayerState
{
    /// <summary>Creates a view.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="slots">What the optimizer remembers: up to three buffers.</param>
    public LayerState(PanelLayout layout, AlignedBuffer parameters, AlignedBuffer[] slots)
    {
        Layout = layout;
        Weights = parameters.Pointer;
        Slot0 = slots.Length > 0 ? slots[0].Pointer : null;
        Slot1 = slots.Length > 1 ? slots[1].Pointer : null;
        Slot2 = slots.Length > 2 ? slots[2].Pointer : null;
    }

    public PanelLayout Layout { get; }

    public float* Weights { get; }

    /// <summary>Null where the rule remembers less.</summary>
    public float* Slot0 { get; }

    /// <inheritdoc cref="Slot0"/>
    public float* Slot1 { get; }

    /// <inheritdoc cref="Slot0"/>
    public float* Slot2 { get; }
}
