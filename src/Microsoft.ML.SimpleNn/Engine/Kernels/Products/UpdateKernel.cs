namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Runs an optimizer's rule over a layer's parameters, from a gradient that is stored.</summary>
internal static unsafe class UpdateKernel
{
    /// <summary>
    /// A rule takes about as long for a weight as so many multiply-adds of a product: what a <see cref="ThreadTeam"/> wants to know of a loop that runs one.
    /// </summary>
    public const long OperationsPerWeight = 32;

    /// <summary>About how many floats are in a piece of work: 16 KB each of weights, gradients and slots.</summary>
    private const int PieceLength = 4096;

    /// <summary>weights, slots = rule(weights, gradients, slots), for a layer in panels.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="gradients">The parameters' gradients, laid out alike.</param>
    /// <param name="update">The parameters, the slots and the rule.</param>
    /// <param name="team">The threads.</param>
    public static void RunPanels<TUpdate>(PanelLayout layout, float* gradients, TUpdate update, ThreadTeam? team)
        where TUpdate : unmanaged, IGradientTarget
    {
        var body = new Panels<TUpdate> { Layout = layout, Gradients = gradients, Update = update };
        ThreadTeam.For(team, layout.Count * body.Blocks, OperationsPerWeight * layout.Length, body);
    }

    /// <summary>The same for rows of parameters that have each its own place.</summary>
    /// <param name="count">The rows.</param>
    /// <param name="width">The floats of a row: a multiple of 16.</param>
    /// <param name="gradients">The parameters' gradients [rows x width].</param>
    /// <param name="update">The parameters, the slots and the rule.</param>
    /// <param name="team">The threads.</param>
    public static void RunRows<TUpdate>(int count, int width, float* gradients, TUpdate update, ThreadTeam? team)
        where TUpdate : unmanaged, IGradientTarget
    {
        int rows = Math.Max(1, PieceLength / width);
        var body = new Rows<TUpdate> { Count = count, Width = width, RowsOfPiece = rows, Gradients = gradients, Update = update };
        ThreadTeam.For(team, (count + rows - 1) / rows, OperationsPerWeight * count * width, body);
    }

    /// <summary>The same for a range of parameters, on the caller's thread.</summary>
    /// <param name="update">The parameters, the slots and the rule.</param>
    /// <param name="first">The first parameter.</param>
    /// <param name="count">The parameters: a multiple of 16.</param>
    /// <param name="gradients">The gradients of all parameters.</param>
    public static void Run<TUpdate>(TUpdate update, int first, int count, float* gradients)
        where TUpdate : unmanaged, IGradientTarget => Simd.Run(new Range<TUpdate>(update, first, count, gradients));

    private readonly struct Range<TUpdate>(TUpdate update, int first, int count, float* gradients) : IKernel
        where TUpdate : unmanaged, IGradientTarget
    {
        void IKernel.Run<V>() => update.Take<V>(first, count, gradients + first, isShared: false);
    }

    /// <summary>A piece is a block of a panel's inputs; the last block brings the biases.</summary>
    private struct Panels<TUpdate> : IParallelBody
        where TUpdate : unmanaged, IGradientTarget
    {
        private const int InputBlock = PieceLength / PanelLayout.FullWidth;

        public PanelLayout Layout;
        public float* Gradients;
        public TUpdate Update;

        public readonly int Blocks => (Layout.Inputs + InputBlock - 1) / InputBlock;

        public readonly void Run(int index)
        {
            int panel = index / Blocks, firstInput = index % Blocks * InputBlock, width = Layout.Width(panel);
            int inputs = Math.Min(InputBlock, Layout.Inputs - firstInput);
            int first = Layout.Offset(panel) + firstInput * width;
            UpdateKernel.Run(Update, first, inputs * width, Gradients);
            if (firstInput + inputs == Layout.Inputs) UpdateKernel.Run(Update, first + inputs * width, width, Gradients);
        }
    }

    /// <summary>A piece is a block of rows.</summary>
    private struct Rows<TUpdate> : IParallelBody
        where TUpdate : unmanaged, IGradientTarget
    {
        public int Count;
        public int Width;
        public int RowsOfPiece;
        public float* Gradients;
        public TUpdate Update;

        public readonly void Run(int index)
        {
            int first = index * RowsOfPiece;
            UpdateKernel.Run(Update, first * Width, Math.Min(RowsOfPiece, Count - first) * Width, Gradients);
        }
    }
}
