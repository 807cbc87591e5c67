using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// y = activation(x W^T + b) for a single row; one piece of work is a few panels. Every weight is used once, so that the speed is that of reading the weights:
/// what a <see cref="RegisterTile{V}"/> of one row lacks is chains of multiply-adds enough to hide their latency.
/// </summary>
/// <remarks>
/// A strip is up to three vectors of a panel side by side; four strips are twelve chains, which with the broadcast of x fit sixteen registers. With
/// 512-bit vectors a strip is a whole panel, and four panels are read at once, with 128 bits it is a quarter of one. As everywhere, each output is
/// one chain in ascending order of the inputs.
/// </remarks>
internal readonly unsafe struct RowProduct<V> : IParallelBody
    where V : struct, IFloats<V>
{
    private const int MostStrips = 4;

    private readonly PanelLayout _layout;
    private readonly float* _parameters;
    private readonly float* _x;
    private readonly float* _y;
    private readonly int _panelsInPiece;

    private RowProduct(PanelLayout layout, float* parameters, float* x, float* y, int panelsInPiece)
    {
        _layout = layout;
        _parameters = parameters;
        _x = x;
        _y = y;
        _panelsInPiece = panelsInPiece;
    }

    /// <summary>The strips of a full panel.</summary>
    private static int StripsInPanel => PanelLayout.FullWidth / (3 * V.Count);

    /// <summary>Computes the outputs of one row.</summary>
    /// <param name="layer">W and b.</param>
    /// <param name="x">The row [inputs].</param>
    /// <param name="y">f and the outputs [padded outputs].</param>
    /// <param name="team">The threads.</param>
    public static void Run(in LayerView layer, float* x, in LayerOutputs y, ThreadTeam? team)
    {
        PanelLayout layout = layer.Layout;
        int panelsInPiece = MostStrips / StripsInPanel; // as many as are read at once, or fewer, so that every thread has its share
        while (panelsInPiece > 1 && Pieces(layout, panelsInPiece) < ThreadTeam.PiecesWanted(team)) panelsInPiece /= 2;
        ThreadTeam.For(team, Pieces(layout, panelsInPiece), layout.Length, new RowProduct<V>(layout, layer.Parameters, x, y.Y, panelsInPiece));
        ActivationKernels<V>.Forward(y, new MatrixView(y.Y, rows: 1, stride: 0), layout.PaddedOutputs);
    }

    /// <summary>Computes the outputs of a few panels.</summary>
    public void Run(int index)
    {
        int panel = index * _panelsInPiece, end = Math.Min(_layout.Count, panel + _panelsInPiece);
        int fullPanels = _layout.Width(end - 1) == PanelLayout.FullWidth ? end - panel : end - panel - 1;
        if (fullPanels > 0) Run<Three>(fullPanels * StripsInPanel, panel, PanelLayout.FullWidth);
        if (panel + fullPanels == end) return;

        // The last panel may be narrow, 16 or 32 wide: an even number of vectors, but for one of 512 bits.
        int width = _layout.Width(end - 1), vectors = width / V.Count;
        if (vectors == 1) Run<One>(strips: 1, end - 1, width);
        else Run<Two>(vectors / 2, end - 1, width);
    }

    private static int Pieces(PanelLayout layout, int panelsInPiece) => (layout.Count + panelsInPiece - 1) / panelsInPiece;

    private void Run<TVectors>(int strips, int panel, int width)
        where TVectors : struct, IConstant
    {
        float* weights = _parameters + _layout.Offset(panel), y = _y + panel * PanelLayout.FullWidth;
        nint panelLength = _layout.Offset(1);
        switch (strips)
        {
            case 1: Run<One, TVectors>(_layout.Inputs, weights, panelLength, width, _x, y); break;
            case 2: Run<Two, TVectors>(_layout.Inputs, weights, panelLength, width, _x, y); break;
            case 3: Run<Three, TVectors>(_layout.Inputs, weights, panelLength, width, _x, y); break;
            default: Run<Four, TVectors>(_layout.Inputs, weights, panelLength, width, _x, y); break;
        }
    }

    /// <summary>x W^T + b for 1 to 4 neighbouring strips, from the first of a panel on.</summary>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="weights">The panel's weights; its biases are the row after them.</param>
    /// <param name="panelLength">From panel to panel.</param>
    /// <param name="width">The width of the panel.</param>
    /// <param name="x">The row [inputs].</param>
    /// <param name="y">The strips' outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TStrips, TVectors>(int inputs, float* weights, nint panelLength, nint width, float* x, float* y)
        where TStrips : struct, IConstant
        where TVectors : struct, IConstant
    {
        nint stripWidth = TVectors.Value * V.Count;
        nint stripsInPanel = width / stripWidth;
        float* w0 = weights;
        float* w1 = weights + 1 / stripsInPanel * panelLength + 1 % stripsInPanel * stripWidth;
        float* w2 = weights + 2 / stripsInPanel * panelLength + 2 % stripsInPanel * stripWidth;
        float* w3 = weights + 3 / stripsInPanel * panelLength + 3 % stripsInPanel * stripWidth;

        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        nint biases = inputs * width;
        Load<TVectors>(w0 + biases, ref c00, ref c01, ref c02);
        if (TStrips.Value > 1) Load<TVectors>(w1 + biases, ref c10, ref c11, ref c12);
        if (TStrips.Value > 2) Load<TVectors>(w2 + biases, ref c20, ref c21, ref c22);
        if (TStrips.Value > 3) Load<TVectors>(w3 + biases, ref c30, ref c31, ref c32);

        for (float* end = x + inputs; x < end; x++)
        {
            V factor = *x;
            AddProduct<TVectors>(factor, w0, ref c00, ref c01, ref c02);
            w0 += width;
            if (TStrips.Value > 1)
            {
                AddProduct<TVectors>(factor, w1, ref c10, ref c11, ref c12);
                w1 += width;
            }

            if (TStrips.Value > 2)
            {
                AddProduct<TVectors>(factor, w2, ref c20, ref c21, ref c22);
                w2 += width;
            }

            if (TStrips.Value > 3)
            {
                AddProduct<TVectors>(factor, w3, ref c30, ref c31, ref c32);
                w3 += width;
            }
        }

        Store<TVectors>(y, c00, c01, c02);
        if (TStrips.Value > 1) Store<TVectors>(y + stripWidth, c10, c11, c12);
        if (TStrips.Value > 2) Store<TVectors>(y + 2 * stripWidth, c20, c21, c22);
        if (TStrips.Value > 3) Store<TVectors>(y + 3 * stripWidth, c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(float* source, ref V v0, ref V v1, ref V v2)
        where TVectors : struct, IConstant
    {
        v0 = V.Load(source);
        if (TVectors.Value > 1) v1 = V.Load(source + V.Count);
        if (TVectors.Value > 2) v2 = V.Load(source + 2 * V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct<TVectors>(V factor, float* weights, ref V c0, ref V c1, ref V c2)
        where TVectors : struct, IConstant
    {
        c0.AddProduct(factor, weights);
        if (TVectors.Value > 1) c1.AddProduct(factor, weights + V.Count);
        if (TVectors.Value > 2) c2.AddProduct(factor, weights + 2 * V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(float* destination, V v0, V v1, V v2)
        where TVectors : struct, IConstant
    {
        v0.Store(destination);
        if (TVectors.Value > 1) v1.Store(destination + V.Count);
        if (TVectors.Value > 2) v2.Store(destination + 2 * V.Count);
    }
}
