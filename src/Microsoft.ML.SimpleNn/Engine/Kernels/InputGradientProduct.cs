using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dX = (dY W) * activation'. The panels have the outputs side by side, the dimension that this product sums over, so it is computed
/// transposed: dX^T = W^T dY^T, with rows of the minibatch in the lanes of a vector. dY is transposed into strips of 48 rows, and
/// each finished block of dX^T is transposed back.
/// </summary>
internal readonly unsafe struct InputGradientProduct<TSimd, V> : IParallelBody
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <summary>Rows of the minibatch in a strip: three 512-bit vectors, as the width of a panel.</summary>
    private const int StripWidth = 48;

    /// <summary>Inputs in a piece: 64 x 48 sums are 12 KB, which stay in the first-level cache while the panels pass.</summary>
    private const int InputBlock = 64;

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

    private int InputBlocks => (_layout.Inputs + InputBlock - 1) / InputBlock;

    /// <inheritdoc cref="MatrixProducts.InputGradient"/>
    public static void Run(
        PanelLayout layout, Activation activation, float* parameters, float* dy, float* strips, int rows, float* u, float* y, float* dx, ThreadTeam? team)
    {
        var product = new InputGradientProduct<TSimd, V>(layout, activation, parameters, dy, strips, rows, u, y, dx);
        int stripCount = (rows + StripWidth - 1) / StripWidth;
        for (int strip = 0; strip < stripCount; strip++) product.FillStrip(strip);
        ThreadTeam.For(team, stripCount * product.InputBlocks, (long)rows * layout.Length, product);
    }

    /// <summary>Computes one block of inputs for one strip of rows.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        int firstInput = index % InputBlocks * InputBlock;
        int strip = index / InputBlocks;
        int inputs = Math.Min(InputBlock, _layout.Inputs - firstInput);
        int width = Width(strip);
        float* dyStrip = Strip(strip);

        float* sums = stackalloc float[(InputBlock + 1) * StripWidth + Padding.Lanes];
        sums = (float*)(((nint)sums + 63) & ~63);
        float* zeros = sums + InputBlock * StripWidth;
        new Span<float>(zeros, StripWidth).Clear();
        for (int panel = 0; panel < _layout.Count; panel++)
        {
            int panelWidth = _layout.Width(panel);
            int firstOutput = panel * PanelLayout.FullWidth;
            BlockProduct<TSimd, V>.Run(
                _parameters + _layout.Offset(panel) + (nint)firstInput * panelWidth, panelWidth, 1,
                dyStrip + (nint)firstOutput * width, width,
                panel == 0 ? zeros : sums, panel == 0 ? 0 : width,
                sums, width,
                inputs, width, Math.Min(PanelLayout.FullWidth, _layout.Outputs - firstOutput));
        }

        // The columns of dX past the last input must stay zero, and the transposition works in groups of four.
        int paddedInputs = (inputs + 3) & ~3;
        new Span<float>(sums + inputs * width, (paddedInputs - inputs) * width).Clear();
        nint stride = Padding.RoundUp(_layout.Inputs);
        nint block = (nint)strip * StripWidth * stride + firstInput;
        Transpose.Run(sums, width, paddedInputs, width, _dx + block, stride);
        ActivationKernels<TSimd, V>.Backward(
            _activation, _u == null ? null : _u + block, _y + block, _dx + block, stride, Math.Min(width, _rows - strip * StripWidth), Padding.RoundUp(inputs));
    }

    private void FillStrip(int strip)
    {
        nint stride = _layout.PaddedOutputs;
        int width = Width(strip);
        Transpose.Run(_dy + strip * StripWidth * stride, stride, width, _layout.PaddedOutputs, Strip(strip), width);
    }

    private int Width(int strip) => Math.Min(StripWidth, Padding.RoundUp(_rows) - strip * StripWidth);

    private float* Strip(int strip) => _strips + (nint)strip * StripWidth * _layout.PaddedOutputs;
}
