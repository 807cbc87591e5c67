using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dX = (dY W) * activation'. The panels have the outputs side by side, the dimension that this product sums over, so it is computed
/// transposed: dX^T = W^T dY^T, with rows of the minibatch in the lanes of a vector. dY is transposed into strips of 48 rows, and
/// each finished block of dX^T is transposed back.
/// </summary>
internal readonly unsafe struct InputGradientProduct<V> : IParallelBody
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

    private readonly PanelLayout _layout;
    private readonly Activation _activation;
    private readonly float* _parameters;
    private readonly float* _dy;
    private readonly float* _strips;
    private readonly int _rows;
    private readonly float* _u;
    private readonly float* _y;
    private readonly float* _dx;

    private InputGradientProduct(
        PanelLayout layout, Activation activation, float* parameters, float* dy, float* strips, int rows, float* u, float* y, float* dx)
    {
        _layout = layout;
        _activation = activation;
        _parameters = parameters;
        _dy = dy;
        _strips = strips;
        _rows = rows;
        _u = u;
        _y = y;
        _dx = dx;
    }

    private int StripCount => (_rows + StripWidth - 1) / StripWidth;

    private int InputBlocks => (_layout.Inputs + InputBlock - 1) / InputBlock;

    /// <inheritdoc cref="MatrixProducts.InputGradient"/>
    public static void Run(
        PanelLayout layout, Activation activation, float* parameters, float* dy, float* strips, int rows, float* u, float* y, float* dx, ThreadTeam? team)
    {
        var product = new InputGradientProduct<V>(layout, activation, parameters, dy, strips, rows, u, y, dx);
        ThreadTeam.For(team, product.StripCount, 8L * rows * layout.PaddedOutputs, new StripFiller(product));
        ThreadTeam.For(team, product.StripCount * product.InputBlocks, (long)rows * layout.Length, product);
    }

    /// <summary>Computes one block of inputs for one strip of rows.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        int firstInput = index / StripCount * InputBlock;
        int strip = index % StripCount;
        int inputs = Math.Min(InputBlock, _layout.Inputs - firstInput);
        int width = Width(strip);
        float* dyStrip = Strip(strip);

        float* sums = stackalloc float[(InputBlock + 1) * StripWidth + Padding.Lanes];
        sums = (float*)(((nint)sums + 63) & ~63);
        float* start = sums + InputBlock * StripWidth; // zeros
        new Span<float>(start, StripWidth).Clear();
        nint startRow = 0;
        int panels;
        for (int panel = 0; panel < _layout.Count; panel += panels)
        {
            // Full panels follow each other at one distance, so that a tile can go on from one to the next. The last one may be narrower.
            int fullPanels = _layout.Outputs / PanelLayout.FullWidth - panel;
            panels = Math.Clamp(fullPanels, 1, PanelsInBlock);
            int panelWidth = _layout.Width(panel), firstOutput = panel * PanelLayout.FullWidth;
            var strides = new TileStrides
            {
                ARow = panelWidth,
                AStep = 1,
                AJump = _layout.Offset(1) - panelWidth,
                BStep = width,
                StartRow = startRow,
                CRow = width,
                Depth = Math.Min(PanelLayout.FullWidth, _layout.Outputs - firstOutput),
                Runs = panels,
            };
            BlockProduct<V>.Run(
                _parameters + _layout.Offset(panel) + (nint)firstInput * panelWidth, dyStrip + (nint)firstOutput * width, start, sums, strides, inputs, width);
            start = sums;
            startRow = width;
        }

        // The columns of dX past the last input must stay zero.
        int paddedInputs = Padding.RoundUp(inputs);
        new Span<float>(sums + inputs * width, (paddedInputs - inputs) * width).Clear();
        nint stride = Padding.RoundUp(_layout.Inputs);
        nint block = (nint)strip * StripWidth * stride + firstInput;
        Transpose<V>.Run(sums, width, paddedInputs, width, _dx + block, stride);
        ActivationKernels<V>.Backward(
            _activation, _u == null ? null : _u + block, _y + block, _dx + block, stride, Math.Min(width, _rows - strip * StripWidth), paddedInputs);
    }

    private int Width(int strip) => Math.Min(StripWidth, Padding.RoundUp(_rows) - strip * StripWidth);

    private float* Strip(int strip) => _strips + (nint)strip * StripWidth * _layout.PaddedOutputs;

    /// <summary>Transposes the rows of dY into strips: one piece is a strip.</summary>
    private readonly struct StripFiller(InputGradientProduct<V> product) : IParallelBody
    {
        public void Run(int strip)
        {
            nint stride = product._layout.PaddedOutputs;
            int width = product.Width(strip);
            Transpose<V>.Run(product._dy + strip * StripWidth * stride, stride, width, product._layout.PaddedOutputs, product.Strip(strip), width);
        }
    }
}
