using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Adds the gradient of an L1 and an L2 penalty to a layer's gradient.</summary>
internal static unsafe class PenaltyKernel
{
    /// <summary>Inputs in a piece of work: of a full panel, 24 KB each of weights and gradients.</summary>
    private const int InputBlock = 128;

    /// <summary>gradient = gradient + l1 sign(w) + l2 w.</summary>
    /// <param name="layout">The layer's shape.</param>
    /// <param name="parameters">The panels.</param>
    /// <param name="gradient">Their gradient, laid out alike.</param>
    /// <param name="penalty">l1 and l2.</param>
    /// <param name="includesBiases">Whether the biases count as weights.</param>
    /// <param name="team">The threads.</param>
    public static void Run(PanelLayout layout, float* parameters, float* gradient, Coefficients penalty, bool includesBiases, ThreadTeam? team)
    {
        int inputs = layout.Inputs + (includesBiases ? 1 : 0);
        var body = new Body { Layout = layout, Parameters = parameters, Gradient = gradient, Penalty = penalty, Inputs = inputs };
        ThreadTeam.ForVectors(team, layout.Count * body.InputBlocks, 16 * layout.Length, body);
    }

    /// <summary>The same for the features that occur in sparse rows, a row for each.</summary>
    /// <param name="weights">Their weights [rows x width].</param>
    /// <param name="gradient">Their gradient [rows x width].</param>
    /// <param name="rows">The features.</param>
    /// <param name="width">The padded outputs.</param>
    /// <param name="penalty">l1 and l2.</param>
    /// <param name="team">The threads.</param>
    public static void RunRows(float* weights, float* gradient, int rows, int width, Coefficients penalty, ThreadTeam? team) =>
        ThreadTeam.ForVectors(team, rows, 16L * rows * width, new RowBody { Weights = weights, Gradient = gradient, Width = width, Penalty = penalty });

    /// <summary>The floats from <paramref name="w"/> on: <paramref name="count"/> of them, a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(float* w, float* gradient, int count, Coefficients penalty)
        where V : struct, IFloats<V>
    {
        V zero = 0, plus = penalty.L1, minus = -penalty.L1, slope = penalty.L2;
        for (int i = 0; i < count; i += V.Count)
        {
            V weight = V.Load(w + i);
            V sign = V.IfLess(zero, weight, plus, V.IfLess(weight, zero, minus, zero));
            V.MultiplyAdd(slope, weight, V.Load(gradient + i) + sign).Store(gradient + i);
        }
    }

    /// <summary>What the penalties count.</summary>
    /// <param name="L1">What the signs count; the sign of 0 is 0.</param>
    /// <param name="L2">What the weights count.</param>
    internal readonly record struct Coefficients(float L1, float L2);

    /// <summary>One piece is a block of inputs of one panel.</summary>
    private struct Body : IVectorBody
    {
        public PanelLayout Layout;
        public float* Parameters;
        public float* Gradient;
        public Coefficients Penalty;
        public int Inputs;

        public readonly int InputBlocks => (Inputs + InputBlock - 1) / InputBlock;

        readonly void IVectorBody.Run<V>(int index)
        {
            int panel = index / InputBlocks, first = index % InputBlocks * InputBlock;
            int width = Layout.Width(panel);
            nint start = Layout.Offset(panel) + (nint)first * width;
            PenaltyKernel.Run<V>(Parameters + start, Gradient + start, Math.Min(InputBlock, Inputs - first) * width, Penalty);
        }
    }

    /// <summary>One piece is a feature.</summary>
    private struct RowBody : IVectorBody
    {
        public float* Weights;
        public float* Gradient;
        public int Width;
        public Coefficients Penalty;

        readonly void IVectorBody.Run<V>(int index) =>
            PenaltyKernel.Run<V>(Weights + (nint)index * Width, Gradient + (nint)index * Width, Width, Penalty);
    }
}
