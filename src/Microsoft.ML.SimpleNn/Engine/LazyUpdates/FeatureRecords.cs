namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// A layer's parameters and what the optimizer remembers for each, feature by feature: a record has the weights from one feature to all outputs, then each
/// slot for them; the last record has the biases. Training on sparse rows visits features here and there, and a visit to a record touches
/// one or two pages of memory, where panels and slots of their own (<see cref="PanelLayout"/>) touch about ten.
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
            throw new ArgumentException(
                $"{Layout.Inputs} features, {Layout.Outputs} units and {slotCount} numbers that the optimizer remembers for each weight "
                + "are more than one array can hold: use fewer features or units, or an optimizer that remembers less.");
        _records = new AlignedBuffer(length);
        HugePages.Advise(_records);
        CopyFrom(layer.Parameters, part: 0);
    }

    /// <summary>The layer's shape.</summary>
    public PanelLayout Layout { get; }

    /// <summary>The floats that the optimizer remembers for each weight.</summary>
    public int SlotCount { get; }

    /// <summary>The floats of a record.</summary>
    public int Length => Layout.PaddedOutputs * (1 + SlotCount);

    /// <summary>The first record.</summary>
    public float* Pointer => _records.Pointer;

    /// <summary>All records.</summary>
    public Span<float> Span => _records.Span;

    /// <summary>Copies a part of the records to a buffer of the layer's shape.</summary>
    /// <param name="panels">The buffer, in panels.</param>
    /// <param name="part">0 for the parameters, 1 for the first slot, and so on.</param>
    /// <param name="team">The threads.</param>
    public void CopyTo(AlignedBuffer panels, int part, ThreadTeam? team) => Copy(panels, part, toPanels: true, team);

    /// <summary>The reverse of <see cref="CopyTo"/>.</summary>
    public void CopyFrom(AlignedBuffer panels, int part) => Copy(panels, part, toPanels: false, team: null);

    private void Copy(AlignedBuffer panels, int part, bool toPanels, ThreadTeam? team)
    {
        int blocks = (Layout.Inputs + FeatureBlock) / FeatureBlock;
        ThreadTeam.For(team, blocks, 8 * Layout.Length, new CopyBlock
        {
            Layout = Layout,
            Records = Pointer + part * Layout.PaddedOutputs,
            RecordLength = Length,
            Panels = panels.Pointer,
            ToPanels = toPanels,
        });
        GC.KeepAlive(panels);
    }

    /// <summary>Copies a block of features, the biases behind the last one.</summary>
    private struct CopyBlock : IParallelBody
    {
        public PanelLayout Layout;
        public float* Records;
        public nint RecordLength;
        public float* Panels;
        public bool ToPanels;

        public readonly void Run(int index)
        {
            int end = Math.Min(Layout.Inputs + 1, (index + 1) * FeatureBlock);
            for (int panel = 0; panel < Layout.Count; panel++)
            {
                int width = Layout.Width(panel);
                for (int feature = index * FeatureBlock; feature < end; feature++)
                {
                    var inRecord = new Span<float>(Records + feature * RecordLength + panel * PanelLayout.FullWidth, width);
                    var inPanel = new Span<float>(Panels + Layout.Offset(panel) + (nint)feature * width, width);
                    if (ToPanels) inRecord.CopyTo(inPanel);
                    else inPanel.CopyTo(inRecord);
                }
            }
        }
    }
}
