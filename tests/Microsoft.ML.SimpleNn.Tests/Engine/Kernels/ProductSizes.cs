using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The sizes of a layer and a minibatch at which a product is compared with its reference.</summary>
internal readonly record struct ProductSizes(int Rows, int Inputs, int Outputs)
{
    private const int Small = 20;

    // One less, the same and one more than a vector, a panel or strip (48), a block of rows or inputs (64) and a block of the depth.
    private static readonly int[] Edges = [1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 79, 80, 81, 95, 96, 97, 111, 113, 399, 400, 401, 449];

    /// <summary>All combinations of 1 to 20.</summary>
    public static IEnumerable<ProductSizes> AllSmall() =>
        from rows in Enumerable.Range(1, Small)
        from inputs in Enumerable.Range(1, Small)
        from outputs in Enumerable.Range(1, Small)
        select new ProductSizes(rows, inputs, outputs);

    /// <summary>Each dimension in turn at every edge of the blocks, and all of them there together.</summary>
    public static IEnumerable<ProductSizes> AtEdges()
    {
        foreach (int edge in Edges)
        {
            yield return new ProductSizes(edge, 21, 50);
            yield return new ProductSizes(35, edge, 50);
            yield return new ProductSizes(35, 21, edge);
        }

        yield return new ProductSizes(47, 399, 47);
        yield return new ProductSizes(48, 400, 48);
        yield return new ProductSizes(49, 401, 49);
        yield return new ProductSizes(65, 803, 97);
        yield return new ProductSizes(803, 65, 17);

        // Eight panels, and one more than they and than a block of rows.
        yield return new ProductSizes(17, 9, 384);
        yield return new ProductSizes(17, 9, 385);
        yield return new ProductSizes(17, 9, 433);
        yield return new ProductSizes(1025, 9, 17);
    }

    /// <summary>A single row, with every number of panels that are read together and every width of the last one.</summary>
    public static IEnumerable<ProductSizes> OneRow() =>
        from inputs in new[] { 1, 2, 65, 401 }
        from outputs in Enumerable.Range(1, 30)
        select new ProductSizes(1, inputs, 16 * outputs - 3);

    /// <summary>Sizes large enough for a <see cref="ThreadTeam"/> to share the work, with pieces that do not divide evenly.</summary>
    public static IEnumerable<ProductSizes> WorthThreads() =>
        [new(129, 65, 97), new(65, 401, 49), new(33, 130, 145), new(401, 70, 10), new(600, 17, 31), new(1, 401, 947), new(1, 270, 1000)];

    public override string ToString() => $"{Rows} rows, {Inputs} inputs, {Outputs} outputs";
}
