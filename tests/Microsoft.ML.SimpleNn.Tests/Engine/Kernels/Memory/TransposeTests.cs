using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed unsafe class TransposeTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_element_changes_row_for_column(VectorWidth width) => Widths.Run(width, new Transpositions());

    private sealed class Transpositions : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            foreach (int rows in new[] { 16, 32, 48, 64 })
            {
                foreach (int columns in new[] { 4, 16, 20, 48, 100 }) Compare<V>(rows, columns);
            }
        }

        private static void Compare<V>(int rows, int columns)
            where V : struct, IFloats<V>
        {
            int sourceStride = columns + 3, destinationStride = rows + 5;
            GuardedBuffer source = GuardedBuffer.Of([.. Enumerable.Range(0, rows * sourceStride).Select(i => (float)i)]);
            var destination = new GuardedBuffer(columns * destinationStride, fill: -1);
            Transpose<V>.Run(source.Pointer, sourceStride, rows, columns, destination.Pointer, destinationStride);

            for (int column = 0; column < columns; column++)
            {
                for (int row = 0; row < destinationStride; row++)
                {
                    float expected = row < rows ? row * sourceStride + column : -1; // what lies between the rows stays
                    Assert.AreEqual(expected, destination.Span[column * destinationStride + row], $"{rows} x {columns}, [{column}, {row}]");
                }
            }

            destination.AssertIntact($"{rows} x {columns}");
            GC.KeepAlive(source);
        }
    }
}
