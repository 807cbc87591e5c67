using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dX = (dU W) * f'. The panels have the outputs side by side, the dimension that this product sums over, so it is computed
/// transposed: dX^T = W^T dU^T, with rows of the minibatch in the lanes of a vector. dU is transposed into strips of 48 rows, and
/// each finished block of dX^T is transposed back.
/// </summary>
/// <param name="layer">W.</param>
/// <param name="delta">dU.</param>
/// <param name="below">The outputs of the layer below, with its f.</param>
/// <param name="dx">dX.</param>
internal readonly unsafe struct InputGradientProduct<V>(LayerView layer, DeltaView delta, LayerOutputs below, float* dx) : IParallelBody
    where V : struct, IFloats<V>
{
    /// <summary>Rows of the minibatch in a strip: three 512-bit vectors, as the width of a panel.</summary>
    private const int StripWidth = 48;

    /// <summary>Inputs in a piece: 48 x 48 sums are 9 KB, which stay in the first-level cache while the panels pass. Whole tiles of 8, 6 or 4 rows.</summary>
    private const int InputBlock = 48;

    /// <summary>
    /// Full panels that a register tile sums over without leaving the registers: 384 outputs. They are 74 KB each of a strip and of weights, which stay
    /// in the second-level cache while a piece's tiles pass.
    /// </summary>
    private const int PanelsInBlock = 8;

    private PanelLayout Layout => layer.Layout;

    private float* Delta => delta.Pointer;

    private int StripCount => (delta.Rows + StripWidth - 1) / StripWidth;

    private int InputBlocks => (Layout.Inputs + InputBlock - 1) / InputBlock;

    /// <inheritdoc cref="MatrixProducts.InputGradient"/>
    public static void Run(in LayerView layer, in DeltaView delta, in LayerOutputs below, float* dx, ThreadTeam? team)
    {
        var product = new InputGradientProduct<V>(layer, delta, below, dx);
        ThreadTeam.For(team, product.StripCount, 8L * delta.Rows * layer.Layout.PaddedOutputs, new StripFiller(product));
        ThreadTeam.For(team, product.StripCount * product.InputBlocks, (long)delta.Rows * layer.Layout.Length, product);
    }

    /// <summary>Computes one block of inputs for one strip of rows.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        int firstInput = index / StripCount * InputBlock;
        int strip = index % StripCount;
        int inputs = Math.Min(InputBlock, Layout.Inputs - firstInput);
        int width = Width(strip);
        float* deltaStrip = Strip(strip);

        float* sums = stackalloc float[(InputBlock + 1) * StripWidth + Padding.Lanes];
        sums = (float*)(((nint)sums + 63) & ~63);
        float* start = sums + InputBlock * StripWidth; // zeros
        new Span<float>(start, StripWidth).Clear();
        nint startRow = 0;
        int panels;
        for (int panel = 0; panel < Layout.Count; panel += panels)
        {
            // Full panels follow each other at one distance, so that a tile can go on from one to the next. The last one may be narrower.
            int fullPanels = Layout.Outputs / PanelLayout.FullWidth - panel;
            panels = Math.Clamp(fullPanels, 1, PanelsInBlock);
            int panelWidth = Layout.Width(panel), firstOutput = panel * PanelLayout.FullWidth;
            var strides = new TileStrides
            {
                ARow = panelWidth,
                AStep = 1,
                AJump = Layout.Offset(1) - panelWidth,
                BStep = width,
                StartRow = startRow,
                CRow = width,
                Depth = Math.Min(PanelLayout.FullWidth, Layout.Outputs - firstOutput),
                Runs = panels,
                Rows = inputs,
                Columns = width,
            };
            float* weights = layer.Parameters + Layout.Offset(panel) + (nint)firstInput * panelWidth;
            BlockProduct<V>.Run(weights, deltaStrip + (nint)firstOutput * width, start, sums, strides);
            start = sums;
            startRow = width;
        }

        // The columns of dX past the last input must stay zero.
        int paddedInputs = Padding.RoundUp(inputs);
        new Span<float>(sums + inputs * width, (paddedInputs - inputs) * width).Clear();
        nint stride = Padding.RoundUp(Layout.Inputs);
        nint block = (nint)strip * StripWidth * stride + firstInput;
        Transpose<V>.Run(sums, width, paddedInputs, width, dx + block, stride);
        ActivationKernels<V>.Backward(below.From(block), new MatrixView(dx + block, Math.Min(width, delta.Rows - strip * StripWidth), stride), paddedInputs);
    }

    private int Width(int strip) => Math.Min(StripWidth, Padding.RoundUp(delta.Rows) - strip * StripWidth);

    private float* Strip(int strip) => delta.Strips + (nint)strip * StripWidth * Layout.PaddedOutputs;

    /// <summary>Transposes the rows of dU into strips: one piece is a strip.</summary>
    private readonly struct StripFiller(InputGradientProduct<V> product) : IParallelBody
    {
        public void Run(int strip)
        {
            nint stride = product.Layout.PaddedOutputs;
            int width = product.Width(strip);
            Transpose<V>.Run(product.Delta + strip * StripWidth * stride, stride, width, product.Layout.PaddedOutputs, product.Strip(strip), width);
        }
    }
}
