using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dW = dY^T X and db = the column sums of dY: one piece of work is a block of a panel's rows, that is of inputs. What becomes of a finished tile is the
/// target's business.
/// </summary>
internal readonly unsafe struct WeightGradientProduct<V, TTarget> : IParallelBody
    where V : struct, IFloats<V>
    where TTarget : unmanaged, IGradientTarget
{
    /// <summary>Inputs in a piece: whole register tiles of 8, 6 or 4 rows.</summary>
    private const int InputBlock = 48;

    /// <summary>
    /// Rows of the minibatch in a block. 1,024 of dY's panel are 196 KB, which stay in a second-level cache while the tiles pass. With 256-bit vectors a step of the
    /// reduction is half as long, and dY should come from the first-level cache, since a tile of that width passes three times over a line of X: 64 rows are 12 KB, beside
    /// 4 KB of X. On a layer of 1000 x 1000 with 1,024 rows that was 4 % faster than blocks of 128, 14 % than of 256, 21 % than of 1,024 (one thread, Adam included).
    /// </summary>
    private static int DepthBlock => V.Count == Floats512.Count ? 1024 : 64;

    /// <summary>
    /// From so many rows on, dY is copied into panels first: 48 of a wide layer's outputs lie a page apart from row to row, and every tile would go through all of
    /// those pages.
    /// </summary>
    private const int RowsWorthPacking = 128;

    private readonly PanelLayout _layout;
    private readonly float* _x;
    private readonly nint _xStride;
    private readonly float* _dy;
    private readonly bool _isPacked;
    private readonly int _rows;
    private readonly TTarget _target;
    private readonly int _members;
    private readonly bool _inputGradientToo;

    private WeightGradientProduct(PanelLayout layout, float* x, nint xStride, float* dy, bool isPacked, int rows, TTarget target, int members, bool inputGradientToo)
    {
        _layout = layout;
        _x = x;
        _xStride = xStride;
        _dy = dy;
        _isPacked = isPacked;
        _rows = rows;
        _target = target;
        _members = members;
        _inputGradientToo = inputGradientToo;
    }

    /// <inheritdoc cref="MatrixProducts.WeightGradient"/>
    public static void Run(PanelLayout layout, float* x, nint xStride, float* dy, float* strips, int rows, TTarget target, bool inputGradientToo, ThreadTeam? team)
    {
        bool pack = rows >= RowsWorthPacking && layout.Count > 1;
        int pieces = Blocks(layout.Inputs) * layout.Count;
        long operations = (rows + UpdateKernel.OperationsPerWeight) * layout.Length;
        int members = ThreadTeam.Members(team?.Count ?? 1, pieces, operations);
        if (pack) ThreadTeam.For(team, layout.Count, 8L * rows * layout.PaddedOutputs, new PanelPacking<V>(layout, dy, rows, strips, isShared: members > 1));
        var product = new WeightGradientProduct<V, TTarget>(layout, x, xStride, pack ? strips : dy, pack, rows, target, members, inputGradientToo);
        ThreadTeam.For(team, pieces, operations, product);
    }

    /// <summary>Computes the gradient of one panel's weights from one block of inputs; the last block brings the biases.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        int blocks = Blocks(_layout.Inputs);
        int panel = index / blocks;
        int block = index % blocks;
        int firstInput = block * InputBlock;
        int end = Math.Min(_layout.Inputs, firstInput + InputBlock);
        float* scratch = stackalloc float[(V.TileRows + 1) * PanelLayout.FullWidth + Padding.Lanes];
        float* zeros = (float*)(((nint)scratch + 63) & ~63), tile = zeros + PanelLayout.FullWidth;
        new Span<float>(zeros, PanelLayout.FullWidth).Clear();

        // In the next step the forward product reads these weights in shares that are ranges of panels, as here, and the input gradient in ranges of inputs.
        int member = ThreadTeam.MemberOf(panel, _layout.Count, _members);
        bool isShared = member == ThreadTeam.Several || (_inputGradientToo && member != ThreadTeam.MemberOf(block, blocks, _members));

        // X is read down its columns: its rows are the steps of the reduction, and its columns the rows of the result. The target takes each row of register tiles at
        // once: an optimizer then finds its part of the weights and slots, which Place asked for, in the cache, and computes while the next ones are on their way.
        for (int input = firstInput; input < end; input += V.TileRows)
            Reduce(panel, _x + input, 1, _xStride, input, Math.Min(V.TileRows, end - input), zeros, tile, isShared);
        if (end < _layout.Inputs) return;
        float one = 1;
        Reduce(panel, &one, 0, 0, _layout.Inputs, 1, zeros, tile, isShared);
    }

    /// <summary>The gradient of one tile: of the panel's weights from some inputs, or of its biases, whose input is 1 in every row.</summary>
    private void Reduce(int panel, float* x, nint xColumn, nint xRow, int firstInput, int inputs, float* zeros, float* scratch, bool isShared)
    {
        int width = _layout.Width(panel), first = _layout.Offset(panel) + firstInput * width;
        nint dyStride = _isPacked ? width : _layout.PaddedOutputs;
        float* dy = _dy + panel * PanelLayout.FullWidth * (_isPacked ? _rows : 1);
        float* gradient = _target.Place(first, inputs * width, scratch);
        for (int row = 0; row < _rows; row += DepthBlock)
        {
            var strides = new TileStrides
            {
                ARow = xColumn,
                AStep = xRow,
                BStep = dyStride,
                StartRow = row == 0 ? 0 : width,
                CRow = width,
                Depth = Math.Min(DepthBlock, _rows - row),
                Runs = 1,
            };
            BlockProduct<V>.Run(x + row * xRow, dy + row * dyStride, row == 0 ? zeros : gradient, gradient, strides, inputs, width);
        }

        _target.Take<V>(first, inputs * width, gradient, isShared);
    }

    private static int Blocks(int inputs) => (inputs + InputBlock - 1) / InputBlock;
}
