using CsCheck;

namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>
/// Draws <see cref="Problem"/>s for tests of what holds for every network, rows and options. A test that fails prints the problem and the seed, which the variable
/// CsCheck_Seed of the environment takes to draw the same again; CsCheck_Iter gives the number of problems where the usual 100 are not enough.
/// </summary>
internal static class Problems
{
    private static readonly Optimizer[] Optimizers =
    [
        new SgdOptimizer { LearningRate = 0.05f },
        new SgdOptimizer { LearningRate = 0.02f, Momentum = 0.9f },
        new AdamOptimizer { LearningRate = 0.01f },
        new AdamWOptimizer { LearningRate = 0.01f },
        new RmsPropOptimizer { LearningRate = 0.003f },
        new AdaGradOptimizer { LearningRate = 0.02f },
    ];

    /// <summary>Problems of every kind.</summary>
    public static Gen<Problem> Any { get; } =
        from features in Gen.Int[1, 20]
        from hiddenLayers in Gen.Int[1, 20].Array[0, 3]
        from outputs in Gen.Int[2, 5]
        from rows in Gen.Int[2, 40]
        from batchSize in Gen.Int[1, 40]
        from activation in Gen.Enum<Activation>()
        from kind in Gen.Enum<LossKind>()
        from optimizer in Gen.OneOf(Optimizers)
        from penalty in Gen.OneOf<float>(0, 0, 0.01f)
        from normalize in Gen.Bool
        from seed in Gen.Int[0, 1_000_000]
        select new Problem(features, hiddenLayers, outputs, rows, batchSize, activation, kind, optimizer, penalty, normalize, seed);

    /// <summary>
    /// Problems of which what is computed in another order differs by its rounding alone: each step takes all rows, and follows the gradient's size. (Adam and its kin divide
    /// a gradient by its own size, so one that is nothing but rounding becomes a whole step.)
    /// </summary>
    public static Gen<Problem> OfFullBatches { get; } = Any.Select(problem => problem with { BatchSize = int.MaxValue, Optimizer = new SgdOptimizer { LearningRate = 0.05f, Momentum = 0.5f } });

    /// <summary>An order of so many things that follows from a seed.</summary>
    public static int[] Order(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>The columns of a row-major matrix in another order.</summary>
    /// <param name="matrix">[rows x columns].</param>
    /// <param name="order">Which column becomes each column.</param>
    public static float[] WithColumns(float[] matrix, int[] order)
    {
        var ordered = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++) ordered[i] = matrix[i / order.Length * order.Length + order[i % order.Length]];
        return ordered;
    }

    /// <summary>Asserts that outputs are equal to rounding.</summary>
    public static void AssertClose(float[] expected, float[] actual, double tolerance, string what) =>
        RelativeDifference.AssertWithin(tolerance, Array.ConvertAll(expected, value => (double)value), actual, what);
}
