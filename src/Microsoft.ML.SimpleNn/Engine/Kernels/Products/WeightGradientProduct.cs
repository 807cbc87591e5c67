using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// dW = dU^T X and db = the column sums of dU: one piece of work is a block of a panel's rows, that is of inputs. What becomes of a finished tile is the
/// target's business.
/// </summary>
/// <param name="layout">The layer's shape.</param>
/// <param name="x">X.</param>
/// <param name="delta">dU.</param>
/// <param name="target">What becomes of the gradient.</param>
/// <param name="members">The threads that share the work.</param>
/// <param name="inputGradientToo">Whether dX is computed in each step as well.</param>
internal readonly unsafe struct WeightGradientProduct<V, TTarget>(
    PanelLayout layout, MatrixView x, DeltaView delta, TTarget target, int members, bool inputGradientToo) : IParallelBody
    where V : struct, IFloats<V>
    where TTarget : unmanaged, IGradientTarget
{
    /// <summary>Inputs in a piece: whole register tiles of 8, 6 or 4 rows.</summary>
    private const int InputBlock = 48;

    /// <summary>
    /// KC of this product, rows of the minibatch in a block. 1,024 of dU's panel are 196 KB, which stay in a second-level cache while the tiles pass. With
    /// 256-bit vectors a step of the reduction is half as long, and dU should come from the first-level cache, since a tile of that width passes three times
    /// over a line of X: 64 rows are 12 KB, beside 4 KB of X. On a layer of 1000 x 1000 with 1,024 rows that was 4 % faster than blocks of 128, 14 % than of
    /// 256, 21 % than of 1,024 (one thread, Adam included).
    /// </summary>
    private static int DepthBlock => V.Count == Floats512.Count ? 1024 : 64;

    /// <summary>
    /// From so many rows on, dU is copied into panels first: 48 of a wide layer's outputs lie a page apart from row to row, and every tile would go through
    /// all of those pages.
    /// </summary>
    private const int RowsWorthPacking = 128;

    /// <inheritdoc cref="MatrixProducts.WeightGradient"/>
    public static void Run(PanelLayout layout, in MatrixView x, in DeltaView delta, TTarget target, bool inputGradientToo, ThreadTeam? team)
    {
        int pieces = Blocks(layout.Inputs) * layout.Count;
        long operations = (x.Rows + UpdateKernel.OperationsPerWeight) * layout.Length;
        int members = ThreadTeam.Members(team?.Count ?? 1, pieces, operations);
        var product = new WeightGradientProduct<V, TTarget>(layout, x, delta, target, members, inputGradientToo);
        if (product.IsPacked) ThreadTeam.For(team, layout.Count, 8L * x.Rows * layout.PaddedOutputs, new PanelPacking<V>(layout, delta, isShared: members > 1));
        ThreadTeam.For(team, pieces, operations, product);
    }

    /// <summary>Computes the gradient of one panel's weights from one block of inputs; the last block brings the biases.</summary>
    [SkipLocalsInit]
    public void Run(int index)
    {
        int blocks = Blocks(layout.Inputs);
        int panel = index / blocks;
        int block = index % blocks;
        int firstInput = block * InputBlock;
        int end = Math.Min(layout.Inputs, firstInput + InputBlock);
        float* scratch = stackalloc float[(V.TileRows + 1) * PanelLayout.FullWidth + Padding.Lanes];
        float* zeros = (float*)(((nint)scratch + 63) & ~63); // after them, the tile
        new Span<float>(zeros, PanelLayout.FullWidth).Clear();

        // In the next step the forward product reads these weights in shares that are ranges of panels, as here, and the input gradient in ranges of inputs.
        int member = ThreadTeam.MemberOf(panel, layout.Count, members);
        bool isShared = member == ThreadTeam.Several || (inputGradientToo && member != ThreadTeam.MemberOf(block, blocks, members));

        // X is read down its columns: its rows are the steps of the reduction, and its columns the rows of the result. The target takes each row of register
        // tiles at once: an optimizer then finds its part of the weights and slots, which Place asked for, in the cache, and computes while the next ones are
        // on their way.
        for (int input = firstInput; input < end; input += V.TileRows) Reduce(panel, input, Math.Min(V.TileRows, end - input), zeros, isShared);
        if (end == layout.Inputs) Reduce(panel, layout.Inputs, inputs: 1, zeros, isShared);
    }

    /// <summary>The gradient of one tile: of the panel's weights from some inputs, or of its biases, whose input is 1 in every row.</summary>
    private void Reduce(int panel, int firstInput, int inputs, float* zeros, bool isShared)
    {
        int width = layout.Width(panel), first = layout.Offset(panel) + firstInput * width;
        nint deltaStride = IsPacked ? width : layout.PaddedOutputs;
        float* panelDelta = (IsPacked ? delta.Strips : delta.Pointer) + panel * PanelLayout.FullWidth * (IsPacked ? x.Rows : 1);
        float one = 1;
        bool areBiases = firstInput == layout.Inputs;
        float* column = areBiases ? &one : x.Pointer + firstInput;
        nint columnStep = areBiases ? 0 : 1, rowStep = areBiases ? 0 : x.Stride;
        float* gradient = target.Place(first, inputs * width, zeros + PanelLayout.FullWidth);
        for (int row = 0; row < x.Rows; row += DepthBlock)
        {
            var strides = new TileStrides
            {
                ARow = columnStep,
                AStep = rowStep,
                BStep = deltaStride,
                StartRow = row == 0 ? 0 : width,
                CRow = width,
                Depth = Math.Min(DepthBlock, x.Rows - row),
                Runs = 1,
                Rows = inputs,
                Columns = width,
            };
            BlockProduct<V>.Run(column + row * rowStep, panelDelta + row * deltaStride, row == 0 ? zeros : gradient, gradient, strides);
        }

        target.Take<V>(first, inputs * width, gradient, isShared);
    }

    private bool IsPacked => x.Rows >= RowsWorthPacking && layout.Count > 1;

    private static int Blocks(int inputs) => (inputs + InputBlock - 1) / InputBlock;
}
