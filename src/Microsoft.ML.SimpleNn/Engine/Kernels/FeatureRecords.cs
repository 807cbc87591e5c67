namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// A layer's parameters and what the optimizer remembers for each, feature by feature: a record has the weights from one feature to all outputs, then each
/// slot for them; the last record has the biases. Training on sparse rows visits features here and there, and a visit to a record costs
/// one or two pages of memory, where panels and slots of their own (<see cref="PanelLayout"/>) cost a dozen: they limit it by three to four times.
/// </summary>
internal sealed unsafe class FeatureRecords
{
    private const int FeatureBlock = 1024;
    private readonly AlignedBuffer _records;

    /// <summary>Copies a layer's parameters; the slots are zero.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="slotCount">What the optimizer remembers for each weight: 0 to 3 floats.</param>
    /// <exception cref="ArgumentException">The records are larger than an array can be.</exception>
    public FeatureRecords(DenseLayer layer, int slotCount)
    {
        Layout = layer.Layout;
        SlotCount = slotCount;
        long length = (Layout.Inputs + 1L) * Length;
        if (length > AlignedBuffer.MaximumLength)
            throw new ArgumentException($"{Layout.Inputs} features, {Layout.Outputs} units and {slotCount} numbers that the optimizer remembers for each weight are more than one array can hold: use fewer features or units, or an optimizer that remembers less.");
        _records = new AlignedBuffer(length);
        HugePages.Advise(_records);
        for (int panel = 0; panel < Layout.Count; panel++)
        {
            int width = Layout.Width(panel);
            for (int feature = 0; feature <= Layout.Inputs; feature++)
            {
                layer.Parameters.Span.Slice(Layout.Offset(panel) + feature * width, width)
                    .CopyTo(_records.Span[(feature * Length + panel * PanelLayout.FullWidth)..]);
            }
        }
    }

    /// <summary>The layer's shape.</summary>
    public PanelLayout Layout { get; }

    /// <summary>The floats that the optimizer remembers for each weight.</summary>
    public int SlotCount { get; }

    /// <summary>The floats of a record.</summary>
    public int Length => Layout.PaddedOutputs * (1 + SlotCount);

    /// <summary>The first record.</summary>
    public float* Pointer => _records.Pointer;

    /// <summary>Copies the parameters to the layer.</summary>
    public void CopyTo(DenseLayer layer, ThreadTeam? team)
    {
        int blocks = (Layout.Inputs + FeatureBlock) / FeatureBlock;
        ThreadTeam.For(team, blocks, Layout.Length, new CopyBlock(this, layer));
    }

    /// <summary>Copies a block of features.</summary>
    private readonly struct CopyBlock(FeatureRecords records, DenseLayer layer) : IParallelBody
    {
        private readonly PanelLayout _layout = records.Layout;
        private readonly float* _records = records.Pointer;
        private readonly float* _panels = layer.Parameters.Pointer;
        private readonly nint _length = records.Length;

        public void Run(int index)
        {
            int end = Math.Min(_layout.Inputs + 1, (index + 1) * FeatureBlock);
            for (int panel = 0; panel < _layout.Count; panel++)
            {
                int width = _layout.Width(panel);
                for (int feature = index * FeatureBlock; feature < end; feature++)
                {
                    new ReadOnlySpan<float>(_records + feature * _length + panel * PanelLayout.FullWidth, width)
                        .CopyTo(new Span<float>(_panels + _layout.Offset(panel) + (nint)feature * width, width));
                }
            }
        }
    }
}
