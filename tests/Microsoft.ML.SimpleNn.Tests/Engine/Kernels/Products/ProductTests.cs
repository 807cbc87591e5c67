using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The sizes, widths and threads at which a product of a layer must equal its plain reference, bit for bit.</summary>
public abstract class ProductTests
{
    [TestMethod]
    [EveryWidth]
    public void Small_sizes_equal_the_reference(VectorWidth width) => Run(width, ProductSizes.AllSmall());

    [TestMethod]
    [EveryWidth]
    public void Edges_of_the_blocks_equal_the_reference(VectorWidth width) => Run(width, ProductSizes.AtEdges());

    [TestMethod]
    [EveryWidth]
    public void A_single_row_equals_the_reference(VectorWidth width) => Run(width, ProductSizes.OneRow());

    [TestMethod]
    [EveryWidth]
    public void Any_number_of_threads_gives_the_reference(VectorWidth width)
    {
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using var team = new ThreadTeam(threads);
            Run(width, ProductSizes.WorthThreads(), team);
        }
    }

    /// <summary>Computes a product of a size, and asserts that it is the reference's.</summary>
    private protected abstract void Compare<V>(ProductSizes size, ThreadTeam? team)
        where V : struct, IFloats<V>;

    private void Run(VectorWidth width, IEnumerable<ProductSizes> sizes, ThreadTeam? team = null) => Widths.Run(width, new Comparison(this, sizes, team));

    private sealed class Comparison(ProductTests product, IEnumerable<ProductSizes> sizes, ThreadTeam? team) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            foreach (ProductSizes size in sizes) product.Compare<V>(size, team);
        }
    }
}
